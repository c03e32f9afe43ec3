package org.hearthwatch.benchmarks.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.hearthwatch.api.metric.Labels;

/**
 * A remote-write 1.0 request (prometheus.io/docs/specs/prw/remote_write_spec, prompb.WriteRequest) of one host's series
 * with several samples each. For one thread.
 */
public final class WriteRequest {

    /** Field 1 or 2 of a message, with a length. */
    private static final int FIELD_1 = 0x0A;

    private static final int FIELD_2 = 0x12;
    /** Sample: a double in field 1, a varint in field 2. */
    private static final int VALUE = 0x09;

    private static final int TIMESTAMP = 0x10;

    private final byte[][] series;
    private byte[] out = new byte[1 << 20];
    private int at;

    /** Requests with samples of these series. */
    public WriteRequest(List<Labels> identities) {
        series = new byte[identities.size()][];
        for (int i = 0; i < series.length; i++) {
            series[i] = labels(identities.get(i));
        }
    }

    private byte[] labels(Labels labels) {
        at = 0;
        labels.forEach((name, value) -> {
            byte[] key = name.getBytes(StandardCharsets.UTF_8);
            byte[] text = value.getBytes(StandardCharsets.UTF_8);
            put(FIELD_1);
            varint(4 + key.length + text.length);
            put(FIELD_1);
            bytes(key);
            put(FIELD_2);
            bytes(text);
        });
        return Arrays.copyOf(out, at);
    }

    /** Encodes {@code values[sample][series]}; {@link #size()} bytes of what is returned count, until the next call. */
    public byte[] encode(long[] times, double[][] values) {
        at = 0;
        for (int i = 0; i < series.length; i++) {
            int length = series[i].length;
            for (long time : times) {
                length += 2 + sampleSize(time);
            }
            put(FIELD_1);
            varint(length);
            reserve(length);
            System.arraycopy(series[i], 0, out, at, series[i].length);
            at += series[i].length;
            for (int j = 0; j < times.length; j++) {
                put(FIELD_2);
                varint(sampleSize(times[j]));
                put(VALUE);
                long bits = Double.doubleToRawLongBits(values[j][i]);
                for (int shift = 0; shift < 64; shift += 8) {
                    put((int) (bits >>> shift));
                }
                put(TIMESTAMP);
                varint(times[j]);
            }
        }
        return out;
    }

    public int size() {
        return at;
    }

    private static int sampleSize(long time) {
        return 10 + (63 - Long.numberOfLeadingZeros(time | 1)) / 7 + 1;
    }

    private void bytes(byte[] text) {
        varint(text.length);
        reserve(text.length);
        System.arraycopy(text, 0, out, at, text.length);
        at += text.length;
    }

    private void varint(long value) {
        long rest = value;
        while (rest >= 0x80) {
            put((int) rest | 0x80);
            rest >>>= 7;
        }
        put((int) rest);
    }

    private void put(int oneByte) {
        reserve(1);
        out[at++] = (byte) oneByte;
    }

    private void reserve(int more) {
        if (at + more > out.length) {
            out = Arrays.copyOf(out, Math.max(2 * out.length, at + more));
        }
    }
}
