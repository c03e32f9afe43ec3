package org.hearthwatch.prometheus.in;

import org.hearthwatch.api.metric.Exemplar;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.MetricMetadata;
import org.hearthwatch.prometheus.intern.SeriesCache;
import org.hearthwatch.prometheus.wire.ProtoReader;
import org.hearthwatch.prometheus.wire.WireException;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code prometheus.WriteRequest}, remote write 1.0 (prometheus.io/docs/specs/prw/remote_write_spec), straight into a
 * push. A series that was seen before is known by the bytes of its labels. For one request.
 */
final class WriteRequest1 implements WriteRequest {

    private static final int LABEL = 1 << 3 | 2;

    private final Push push;
    private final ProtoReader in;
    private final SeriesLabels labels = new SeriesLabels();
    private final HistogramReader histograms = new HistogramReader();

    WriteRequest1(Push push, ProtoReader in) {
        this.push = push;
        this.in = in;
    }

    @Override
    public void read() throws WireException, TooMuchException {
        while (in.next()) {
            switch (in.field()) {
                case 1 -> timeSeries();
                case 3 -> push.family(metadata());
                default -> in.skip();
            }
        }
    }

    private void timeSeries() throws WireException, TooMuchException {
        int outer = in.enter();
        int begin = in.at();
        while (in.at() < in.limit() && in.bytes()[in.at()] == LABEL) {
            in.next();
            in.skip();
        }
        int end = in.at();
        int hash = SeriesCache.hash(in.bytes(), begin, end);
        Labels series = push.known(hash, in.bytes(), begin, end);
        String fault = "";
        if (series == null) {
            readLabels(begin, end);
            fault = labels.fault();
            series = fault.isEmpty() ? push.learn(hash, in.bytes(), begin, end, labels.builder()) : null;
        }
        int lost = 0;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> throw in.malformed("a label behind a series' samples");
                case 2 -> lost += sample(series) ? 0 : 1;
                case 3 -> exemplar(series);
                case 4 -> lost += histogram(series) ? 0 : 1;
                default -> in.skip();
            }
        }
        WriteRequest.refused(push, lost, fault, labels);
        in.leave(outer);
    }

    private void readLabels(int begin, int end) throws WireException {
        labels.clear();
        in.moveTo(begin);
        while (in.at() < end) {
            in.next();
            label(labels);
        }
    }

    private void label(SeriesLabels into) throws WireException {
        String name = "";
        String value = "";
        int outer = in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> name = in.string();
                case 2 -> value = in.string();
                default -> in.skip();
            }
        }
        in.leave(outer);
        into.add(name, value);
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
        var own = new SeriesLabels();
        double value = 0;
        long timestamp = 0;
        int outer = in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> label(own);
                case 2 -> value = in.float64();
                case 3 -> timestamp = in.integer();
                default -> in.skip();
            }
        }
        in.leave(outer);
        if (series != null) {
            push.exemplar(new Exemplar(series, own.builder().build(), timestamp, value));
        }
    }

    private MetricMetadata metadata() throws WireException {
        int type = 0;
        String name = "";
        String help = "";
        String unit = "";
        int outer = in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> type = (int) in.integer();
                case 2 -> name = in.string();
                case 4 -> help = in.string();
                case 5 -> unit = in.string();
                default -> in.skip();
            }
        }
        in.leave(outer);
        return new MetricMetadata(name, WriteRequest.type(type), help, unit);
    }
}
