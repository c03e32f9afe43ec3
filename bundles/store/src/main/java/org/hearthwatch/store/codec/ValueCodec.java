package org.hearthwatch.store.codec;

import org.hearthwatch.store.frame.Bytes;

/** A column of doubles, bit for bit. Not thread-safe. */
public final class ValueCodec {

    /** @param thorough whether every way to encode is tried */
    public ValueCodec(boolean thorough) {}

    public void encode(double[] values, int from, int to, Bytes into) {
        for (int i = from; i < to; i++) {
            into.putLong(Double.doubleToRawLongBits(values[i]));
        }
    }

    public void decode(Input in, int count, double[] into) throws CorruptDataException {
        for (int i = 0; i < count; i++) {
            into[i] = Double.longBitsToDouble(in.takeLong());
        }
    }
}
