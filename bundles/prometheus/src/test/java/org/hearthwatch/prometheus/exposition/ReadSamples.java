package org.hearthwatch.prometheus.exposition;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.hearthwatch.api.metric.Exemplar;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.MetricMetadata;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.prometheus.intern.SeriesCache;

/** What a text turned out to hold. */
final class ReadSamples implements ExpositionSink {

    static final long NOW = 1_000_000;

    final List<MetricMetadata> families = new ArrayList<>();
    final List<Sample> samples = new ArrayList<>();
    final List<Exemplar> exemplars = new ArrayList<>();

    static ReadSamples text(String text) throws IOException, ExpositionException {
        return read(Dialect.TEXT, text.getBytes(StandardCharsets.UTF_8), ExpositionLimits.USUAL);
    }

    static ReadSamples openMetrics(String text) throws IOException, ExpositionException {
        return read(Dialect.OPEN_METRICS, text.getBytes(StandardCharsets.UTF_8), ExpositionLimits.USUAL);
    }

    static ReadSamples read(Dialect dialect, byte[] text, ExpositionLimits limits)
            throws IOException, ExpositionException {
        var cache = new SeriesCache(1000, 1 << 20);
        var read = new ReadSamples();
        new TextParser(dialect, limits, cache).parse(new ByteArrayInputStream(text), OptionalLong.of(NOW), read);
        var again = new ReadSamples();
        new TextParser(dialect, limits, cache).parse(new ByteArrayInputStream(text), OptionalLong.of(NOW), again);
        if (!again.samples.equals(read.samples)) {
            throw new AssertionError("With a warm cache it reads otherwise: " + again.samples);
        }
        return read;
    }

    @Override
    public void family(MetricMetadata family) {
        families.add(family);
    }

    @Override
    public void sample(Labels series, long timestamp, double value) {
        samples.add(new Sample(series, timestamp, value));
    }

    @Override
    public void exemplar(Exemplar exemplar) {
        exemplars.add(exemplar);
    }
}
