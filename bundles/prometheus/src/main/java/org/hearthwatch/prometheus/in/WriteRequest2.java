package org.hearthwatch.prometheus.in;

import java.util.Arrays;
import org.hearthwatch.api.metric.Exemplar;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.MetricMetadata;
import org.hearthwatch.prometheus.intern.SeriesCache;
import org.hearthwatch.prometheus.wire.ProtoReader;
import org.hearthwatch.prometheus.wire.WireException;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code io.prometheus.write.v2.Request}, remote write 2.0 (prometheus.io/docs/specs/prw/remote_write_spec_2_0),
 * straight into a push. Strings stand in a table of symbols, which follows no order from request to request, so a series is
 * known by the bytes of its symbols one after the other. For one request.
 */
final class WriteRequest2 implements WriteRequest {

    private static final int MOST_REFERENCES = 2 * 1000;

    private final Push push;
    private final ProtoReader in;
    private final SeriesLabels labels = new SeriesLabels();
    private final HistogramReader histograms = new HistogramReader();

    /** Where each symbol's text begins, and its length. */
    private int[] symbols = new int[512];

    private int symbolCount;
    private final int[] references = new int[MOST_REFERENCES];
    private byte[] key = new byte[1024];

    WriteRequest2(Push push, ProtoReader in) {
        this.push = push;
        this.in = in;
    }

    @Override
    public void read() throws WireException, TooMuchException {
        int begin = in.at();
        while (in.next()) {
            if (in.field() == 4) {
                symbol();
            } else {
                in.skip();
            }
        }
        if (symbolCount > 0 && symbols[1] != 0) {
            throw in.malformed("symbols must start with an empty string");
        }
        in.moveTo(begin);
        while (in.next()) {
            if (in.field() == 5) {
                timeSeries();
            } else {
                in.skip();
            }
        }
    }

    private void symbol() throws WireException {
        int length = in.length();
        if (2 * symbolCount + 2 > symbols.length) {
            symbols = Arrays.copyOf(symbols, 2 * symbols.length);
        }
        symbols[2 * symbolCount] = in.at();
        symbols[2 * symbolCount + 1] = length;
        symbolCount++;
        in.moveTo(in.at() + length);
    }

    private String text(long reference) throws WireException {
        int checked = checked(reference);
        return in.text(in.bytes(), symbols[2 * checked], symbols[2 * checked + 1]);
    }

    private int checked(long reference) throws WireException {
        if (reference < 0 || reference >= symbolCount) {
            throw in.malformed("labels_ref " + reference + " outside of symbols table (size " + symbolCount + ")");
        }
        return (int) reference;
    }

    private int readReferences(int before) throws WireException {
        int count = before;
        if (!in.isDelimited()) {
            return reference(in.integer(), count);
        }
        int outer = in.enter();
        while (in.at() < in.limit()) {
            count = reference(in.varint(), count);
        }
        in.leave(outer);
        return count;
    }

    private int reference(long reference, int count) throws WireException {
        if (count == MOST_REFERENCES) {
            throw in.malformed("more than " + MOST_REFERENCES / 2 + " labels");
        }
        references[count] = checked(reference);
        return count + 1;
    }

    private int fillKey(int count) {
        int size = 0;
        for (int i = 0; i < count; i++) {
            int begin = symbols[2 * references[i]];
            int length = symbols[2 * references[i] + 1];
            if (key.length - size < length + 4) {
                key = Arrays.copyOf(key, 2 * key.length + length);
            }
            key[size] = (byte) length;
            key[size + 1] = (byte) (length >>> 8);
            key[size + 2] = (byte) (length >>> 16);
            key[size + 3] = (byte) (length >>> 24);
            System.arraycopy(in.bytes(), begin, key, size + 4, length);
            size += length + 4;
        }
        return size;
    }

    private void timeSeries() throws WireException, TooMuchException {
        int outer = in.enter();
        int begin = in.at();
        int count = 0;
        while (in.next()) {
            if (in.field() == 1) {
                count = readReferences(count);
            } else {
                in.skip();
            }
        }
        if (count % 2 != 0) {
            throw in.malformed("invalid labelRefs length " + count);
        }
        int size = fillKey(count);
        int hash = SeriesCache.hash(key, 0, size);
        Labels series = push.known(hash, key, 0, size);
        String fault = "";
        if (series == null) {
            labels.clear();
            for (int i = 0; i < count; i += 2) {
                labels.add(text(references[i]), text(references[i + 1]));
            }
            fault = labels.fault();
            series = fault.isEmpty() ? push.learn(hash, key, 0, size, labels.builder()) : null;
        }
        in.moveTo(begin);
        int lost = 0;
        while (in.next()) {
            switch (in.field()) {
                case 2 -> lost += sample(series) ? 0 : 1;
                case 3 -> lost += histogram(series) ? 0 : 1;
                case 4 -> exemplar(series);
                case 5 -> metadata(series);
                default -> in.skip();
            }
        }
        WriteRequest.refused(push, lost, fault, labels);
        in.leave(outer);
    }

    private boolean sample(@Nullable Labels series) throws WireException, TooMuchException {
        double value = 0;
        long timestamp = 0;
        int outer = in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> value = in.float64();
                case 2 -> timestamp = in.integer();
                default -> in.skip();
            }
        }
        in.leave(outer);
        if (series == null) {
            return false;
        }
        push.number(series, timestamp, value);
        return true;
    }

    private boolean histogram(@Nullable Labels series) throws WireException, TooMuchException {
        histograms.read(in);
        if (series == null) {
            return false;
        }
        WriteRequest.take(push, series, histograms);
        return true;
    }

    private void exemplar(@Nullable Labels series) throws WireException, TooMuchException {
        int count = 0;
        double value = 0;
        long timestamp = 0;
        int outer = in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> count = readReferences(count);
                case 2 -> value = in.float64();
                case 3 -> timestamp = in.integer();
                default -> in.skip();
            }
        }
        in.leave(outer);
        if (count % 2 != 0) {
            throw in.malformed("invalid labelRefs length " + count);
        }
        if (series != null) {
            var own = new SeriesLabels();
            for (int i = 0; i < count; i += 2) {
                own.add(text(references[i]), text(references[i + 1]));
            }
            push.exemplar(new Exemplar(series, own.builder().build(), timestamp, value));
        }
    }

    private void metadata(@Nullable Labels series) throws WireException {
        int type = 0;
        long help = 0;
        long unit = 0;
        int outer = in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> type = (int) in.integer();
                case 3 -> help = in.integer();
                case 4 -> unit = in.integer();
                default -> in.skip();
            }
        }
        in.leave(outer);
        if (series != null && (type != 0 || help != 0 || unit != 0)) {
            push.family(new MetricMetadata(
                    family(series.metricName(), type), WriteRequest.type(type), text(help), text(unit)));
        }
    }

    /** Metadata come with every series, under the series' name; those of a histogram's parts are the family's. */
    private static String family(String name, int type) {
        if (type == 3 || type == 4 || type == 5) {
            for (String suffix : new String[] {"_bucket", "_count", "_sum"}) {
                if (name.endsWith(suffix)) {
                    return name.substring(0, name.length() - suffix.length());
                }
            }
        }
        return name;
    }
}
