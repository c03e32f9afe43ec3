package org.hearthwatch.prometheus.otlp;

import java.util.Arrays;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.prometheus.wire.ProtoReader;
import org.hearthwatch.prometheus.wire.WireException;

/** Numbers of a repeated field, packed or not; as many as a histogram may have. Not thread-safe. */
final class DoubleList {

    private double[] values = new double[16];
    private int size;

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    double get(int index) {
        return values[index];
    }

    double[] toArray() {
        return Arrays.copyOf(values, size);
    }

    boolean grows() {
        for (int i = 0; i < size; i++) {
            if (Double.isNaN(values[i]) || (i > 0 && !(values[i] > values[i - 1]))) {
                return false;
            }
        }
        return true;
    }

    void add(ProtoReader in, double value) throws WireException {
        if (size == NativeHistogram.MOST_BUCKETS) {
            throw in.malformed("more than " + NativeHistogram.MOST_BUCKETS + " buckets");
        }
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = value;
    }

    /** Of type {@code fixed64}. */
    void readIntegers(ProtoReader in) throws WireException {
        if (!in.isDelimited()) {
            add(in, (double) in.fixed64());
            return;
        }
        int outer = in.enter();
        while (in.at() < in.limit()) {
            add(in, (double) in.rawFixed64());
        }
        in.leave(outer);
    }

    /** Of type {@code double}. */
    void readFloats(ProtoReader in) throws WireException {
        if (!in.isDelimited()) {
            add(in, in.float64());
            return;
        }
        int outer = in.enter();
        while (in.at() < in.limit()) {
            add(in, Double.longBitsToDouble(in.rawFixed64()));
        }
        in.leave(outer);
    }

    /** Of type {@code uint64}. */
    void readVarints(ProtoReader in) throws WireException {
        if (!in.isDelimited()) {
            add(in, (double) in.integer());
            return;
        }
        int outer = in.enter();
        while (in.at() < in.limit()) {
            add(in, (double) in.varint());
        }
        in.leave(outer);
    }
}
