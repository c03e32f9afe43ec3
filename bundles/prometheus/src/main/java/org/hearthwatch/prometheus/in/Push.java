package org.hearthwatch.prometheus.in;

import java.util.ArrayList;
import java.util.List;
import org.hearthwatch.api.metric.Exemplar;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.MetricMetadata;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.api.metric.Staleness;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.prometheus.intern.SeriesCache;
import org.jspecify.annotations.Nullable;

/** What one request brings, gathered while it is read. Not thread-safe. */
public final class Push {

    private final Sender sender;
    private final Sender.Epoch epoch;
    private final PushLimits limits;
    private final SeriesCache cache;
    private final SampleBatch.Builder numbers;
    private SampleBatch.@Nullable Builder histograms;
    private final List<Exemplar> exemplars = new ArrayList<>();
    private final Problems problems = new Problems();
    private int size;

    Push(Sender sender, PushLimits limits, SeriesCache cache, long nowMillis) {
        this.sender = sender;
        this.epoch = sender.epoch(nowMillis);
        this.limits = limits;
        this.cache = cache;
        this.numbers = SampleBatch.from(sender.name());
    }

    public Sender sender() {
        return sender;
    }

    public Problems problems() {
        return problems;
    }

    /** The labels that these bytes stood for when they came the last time, or null. */
    public @Nullable Labels known(int hash, byte[] key, int begin, int end) {
        return cache.find(epoch, hash, key, begin, end);
    }

    /** The labels that these bytes stand for from now on; null if the sender has too many series already. */
    public @Nullable Labels learn(int hash, byte[] key, int begin, int end, Labels.Builder labels) {
        Labels series = admitted(labels);
        if (series != null) {
            cache.remember(epoch, hash, key, begin, end, series);
        }
        return series;
    }

    /** A series with the sender's own labels; null if the sender has too many already. */
    public @Nullable Labels admitted(Labels.Builder labels) {
        sender.forced().forEach(labels::set);
        Labels series = labels.build();
        return epoch.admits(series, limits.seriesPerSender()) ? series : null;
    }

    /** Whether a series, with the sender's own labels, is within the sender's limit; if not, that is told. */
    public boolean admits(Labels series) {
        boolean admitted = epoch.admits(series, limits.seriesPerSender());
        if (!admitted) {
            tooManySeries(1, series);
        }
        return admitted;
    }

    /** Tells about samples of a series that was not {@link #admitted}. */
    public void tooManySeries(int samples, Object series) {
        problems.add(
                "too many series",
                samples,
                "too many series from " + sender.name() + " within an hour: " + series + " is one more");
    }

    public void number(Labels series, long timestamp, double value) throws TooMuchException {
        count();
        numbers.add(series, timestamp, value);
    }

    /** A histogram; one whose sum is the stale marker ends its series. */
    public void histogram(Labels series, long timestamp, NativeHistogram histogram) throws TooMuchException {
        count();
        SampleBatch.Builder into = histograms;
        if (into == null) {
            into = SampleBatch.from(sender.name());
            histograms = into;
        }
        if (Staleness.isStale(histogram.sum())) {
            into.add(series, timestamp, Staleness.MARKER);
        } else {
            into.add(series, timestamp, histogram);
        }
    }

    public void exemplar(Exemplar exemplar) throws TooMuchException {
        count();
        exemplars.add(exemplar);
    }

    public void family(MetricMetadata family) {
        if (!family.name().isEmpty() && sender.isNews(family)) {
            numbers.describe(family);
        }
    }

    private void count() throws TooMuchException {
        if (++size > limits.samplesPerRequest()) {
            throw new TooMuchException("more than " + limits.samplesPerRequest() + " samples in one request");
        }
    }

    /** What was gathered. */
    int size() {
        return size;
    }

    SampleBatch numbers() {
        return numbers.build();
    }

    @Nullable
    SampleBatch histograms() {
        SampleBatch.Builder some = histograms;
        return some == null ? null : some.build();
    }

    List<Exemplar> exemplars() {
        return exemplars;
    }
}
