package org.hearthwatch.store.codec;

import org.hearthwatch.store.frame.Bytes;

/** A column of longs. Not thread-safe. */
public final class LongCodec {

    public void encode(long[] values, int from, int to, Bytes into) {
        long before = 0;
        for (int i = from; i < to; i++) {
            into.putSigned(values[i] - before);
            before = values[i];
        }
    }

    public void decode(Input in, int count, long[] into) throws CorruptDataException {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value += in.takeSigned();
            into[i] = value;
        }
    }
}
