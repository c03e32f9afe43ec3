package org.hearthwatch.prometheus.otlp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hearthwatch.api.metric.NativeHistogram.Buckets;
import org.hearthwatch.api.metric.NativeHistogram.Span;
import org.hearthwatch.prometheus.wire.ProtoReader;
import org.hearthwatch.prometheus.wire.WireException;

/** One side of an exponential histogram. Not thread-safe. */
final class ExponentialBuckets {

    private int offset;
    private final DoubleList counts = new DoubleList();

    void clear() {
        offset = 0;
        counts.clear();
    }

    void read(ProtoReader in) throws WireException {
        int outer = in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> offset = (int) in.signed();
                case 2 -> counts.readVarints(in);
                default -> in.skip();
            }
        }
        in.leave(outer);
    }

    /**
     * As Prometheus's buckets: of those only the populated ones are kept, and index 0 here is 1 there.
     *
     * @param halvings how many times two buckets become one, because the schema is finer than there are
     */
    Buckets buckets(int halvings) {
        var spans = new ArrayList<Span>();
        var kept = new double[counts.size()];
        int size = 0;
        long previous = 0;
        int begin = 0;
        int length = 0;
        for (int i = 0; i < counts.size(); i++) {
            if (counts.get(i) == 0) {
                continue;
            }
            if (counts.get(i) < 0) {
                throw new IllegalArgumentException("a negative bucket count");
            }
            long index = (((long) offset + i) >> halvings) + 1;
            if (index != (int) index) {
                throw new IllegalArgumentException("a bucket index beyond what is possible");
            }
            if (size > 0 && index == previous) {
                kept[size - 1] += counts.get(i);
                continue;
            }
            if (size > 0 && index == previous + 1) {
                length++;
            } else {
                close(spans, begin, length);
                begin = (int) (size == 0 ? index : index - previous - 1);
                length = 1;
            }
            kept[size++] = counts.get(i);
            previous = index;
        }
        close(spans, begin, length);
        return size == 0 ? Buckets.NONE : new Buckets(spans, Arrays.copyOf(kept, size));
    }

    private static void close(List<Span> spans, int offset, int length) {
        if (length > 0) {
            spans.add(new Span(offset, length));
        }
    }
}
