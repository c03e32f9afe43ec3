package org.hearthwatch.prometheus.exposition;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.OptionalLong;
import org.hearthwatch.api.metric.Exemplar;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.MetricMetadata;
import org.hearthwatch.api.metric.MetricType;
import org.hearthwatch.prometheus.intern.SeriesCache;
import org.jspecify.annotations.Nullable;

/**
 * Reads Prometheus text 0.0.4 and 1.0.0, and OpenMetrics 1.0, line by line: a text of any length in little memory, nothing
 * in it unbounded. As lenient as Prometheus's own reader in text, as strict as the specification in OpenMetrics where
 * leniency would hide a truncated or misread text. Sources: prometheus.io/docs/instrumenting/exposition_formats and
 * prometheus.io/docs/specs/om/open_metrics_spec. For one thread at a time.
 *
 * <pre>{@code
 * new TextParser(Dialect.OPEN_METRICS, ExpositionLimits.FILE, cache).parse(in, OptionalLong.empty(), sink);
 * }</pre>
 */
public final class TextParser {

    private static final String EOF = "EOF";

    private final boolean openMetrics;
    private final ExpositionLimits limits;
    private final SeriesCache cache;
    private final Labels extra;
    private final LineCursor cursor;

    private long samples;
    private int families;
    private @Nullable MetricMetadata pending;

    /** @param cache where series are kept from text to text; may be shared */
    public TextParser(Dialect dialect, ExpositionLimits limits, SeriesCache cache) {
        this(dialect, limits, cache, Labels.EMPTY);
    }

    /** @param extra labels that every series gets, over its own of the same name */
    public TextParser(Dialect dialect, ExpositionLimits limits, SeriesCache cache, Labels extra) {
        this.openMetrics = dialect == Dialect.OPEN_METRICS;
        this.limits = limits;
        this.cache = cache;
        this.extra = extra;
        this.cursor = new LineCursor(openMetrics, limits);
    }

    /**
     * Reads a text to its end; the stream is not closed. What stands before an error has reached the sink.
     *
     * @param otherwise the time, in milliseconds, of samples that come without; where empty, such a sample is an error
     * @throws ExpositionException at the first thing that is wrong
     * @throws IOException from the stream or the sink
     */
    public void parse(InputStream in, OptionalLong otherwise, ExpositionSink sink)
            throws IOException, ExpositionException {
        samples = 0;
        families = 0;
        pending = null;
        var lines = new Lines(in, limits.lineBytes());
        boolean ended = false;
        while (lines.advance()) {
            if (ended) {
                throw new ExpositionException(lines.number(), "there is something after # EOF");
            }
            int end = lines.end();
            if (!openMetrics && end > lines.begin() && lines.buffer()[end - 1] == '\r') {
                end--;
            }
            cursor.reset(lines.buffer(), lines.begin(), end, lines.number());
            ended = line(lines, otherwise, sink);
        }
        flush(sink);
        if (openMetrics && !ended) {
            throw new ExpositionException(lines.number() + 1, "the text does not end with # EOF");
        }
    }

    /** True at the end mark. */
    private boolean line(Lines lines, OptionalLong otherwise, ExpositionSink sink)
            throws IOException, ExpositionException {
        cursor.blanks();
        if (cursor.peek() == '#') {
            return comment(sink);
        }
        if (!cursor.isAtEnd()) {
            flush(sink);
            sink.line(lines.number());
            sample(lines.buffer(), otherwise, sink);
        } else if (openMetrics) {
            throw cursor.fail("an empty line");
        }
        return false;
    }

    private boolean comment(ExpositionSink sink) throws IOException, ExpositionException {
        cursor.take('#');
        if (openMetrics) {
            cursor.separator();
        }
        cursor.blanks();
        if (cursor.takeWord("HELP")) {
            MetricMetadata family = described(sink);
            String help = cursor.isAtEnd() ? "" : afterSeparator();
            pending = new MetricMetadata(family.name(), family.type(), help, family.unit());
        } else if (cursor.takeWord("TYPE")) {
            MetricMetadata family = described(sink);
            cursor.separator();
            MetricType type = type(cursor.word());
            pending = new MetricMetadata(family.name(), type, family.help(), family.unit());
            expectEnd();
        } else if (openMetrics && cursor.takeWord("UNIT")) {
            MetricMetadata family = described(sink);
            String unit = cursor.isAtEnd() ? "" : afterSeparator();
            if (!unit.isEmpty() && !family.name().endsWith("_" + unit)) {
                throw cursor.fail("unit \"" + unit + "\" not a suffix of metric \"" + family.name() + "\"");
            }
            pending = new MetricMetadata(family.name(), family.type(), family.help(), unit);
        } else if (openMetrics) {
            if (!cursor.takeWord(EOF) || !cursor.isAtEnd()) {
                throw cursor.unexpected("HELP, TYPE, UNIT or EOF");
            }
            return true;
        }
        return false;
    }

    private String afterSeparator() throws ExpositionException {
        cursor.separator();
        return cursor.rest();
    }

    /** What is known so far of the family that the metadata line here is about. */
    private MetricMetadata described(ExpositionSink sink) throws IOException, ExpositionException {
        cursor.separator();
        String name = cursor.name(true);
        MetricMetadata known = pending;
        if (known != null && known.name().equals(name)) {
            return known;
        }
        flush(sink);
        if (++families > limits.families()) {
            throw cursor.fail("more than " + limits.families() + " families");
        }
        return new MetricMetadata(name, MetricType.UNKNOWN, "", "");
    }

    private void flush(ExpositionSink sink) throws IOException {
        MetricMetadata family = pending;
        if (family != null) {
            pending = null;
            sink.family(openMetrics ? plain(family) : family);
        }
    }

    /** Under the name that the family's samples have. */
    private static MetricMetadata plain(MetricMetadata family) {
        String suffix =
                family.type() == MetricType.COUNTER ? "_total" : family.type() == MetricType.INFO ? "_info" : "";
        return suffix.isEmpty() || family.name().endsWith(suffix)
                ? family
                : new MetricMetadata(family.name() + suffix, family.type(), family.help(), family.unit());
    }

    private MetricType type(String word) throws ExpositionException {
        if (word.equals("untyped") && !openMetrics) {
            return MetricType.UNKNOWN;
        }
        for (MetricType type : MetricType.values()) {
            if (type.word().equals(openMetrics ? word : word.toLowerCase(Locale.ROOT))) {
                return type;
            }
        }
        throw cursor.fail("invalid metric type \"" + word + "\"");
    }

    private void sample(byte[] buffer, OptionalLong otherwise, ExpositionSink sink)
            throws IOException, ExpositionException {
        if (++samples > limits.samples()) {
            throw cursor.fail("more than " + limits.samples() + " samples");
        }
        Labels series = series(buffer);
        if (openMetrics) {
            cursor.separator();
        } else {
            cursor.blanks();
        }
        double value = cursor.value();
        int beforeTime = cursor.at();
        if (!cursor.isAtEnd()) {
            cursor.separator();
        }
        long timestamp;
        if (cursor.isAtEnd() || cursor.peek() == '#') {
            timestamp =
                    otherwise.orElseThrow(() -> cursor.fail("expected timestamp for series " + series + ", got none"));
        } else {
            timestamp = cursor.timestamp();
            beforeTime = cursor.at();
        }
        sink.sample(series, timestamp, value);
        cursor.moveTo(beforeTime);
        if (openMetrics && !cursor.isAtEnd()) {
            exemplar(series, timestamp, sink);
        }
        cursor.blanks();
        expectEnd();
    }

    private void exemplar(Labels series, long sampled, ExpositionSink sink) throws IOException, ExpositionException {
        cursor.separator();
        if (!cursor.take('#')) {
            throw cursor.unexpected("an exemplar");
        }
        cursor.separator();
        var labels = Labels.builder();
        if (cursor.peek() != '{') {
            throw cursor.unexpected("an exemplar's labels");
        }
        labels(labels, false);
        cursor.separator();
        double value = cursor.value();
        long timestamp = sampled;
        if (!cursor.isAtEnd()) {
            cursor.separator();
            timestamp = cursor.timestamp();
        }
        sink.exemplar(new Exemplar(series, labels.build(), timestamp, value));
    }

    private Labels series(byte[] buffer) throws ExpositionException {
        int begin = cursor.at();
        int end = cursor.seriesEnd();
        int hash = SeriesCache.hash(buffer, begin, end);
        Labels known = cache.find(extra, hash, buffer, begin, end);
        if (known != null) {
            cursor.moveTo(end);
            return known;
        }
        var labels = Labels.builder();
        if (cursor.peek() != '{') {
            labels.set(Labels.NAME, cursor.name(true));
            int afterName = cursor.at();
            cursor.blanks();
            if (cursor.peek() != '{') {
                cursor.moveTo(afterName);
            }
        }
        if (cursor.peek() == '{') {
            labels(labels, true);
        }
        if (!labels.contains(Labels.NAME)) {
            throw cursor.fail("a series without a metric name");
        }
        extra.forEach(labels::set);
        Labels series = labels.build();
        cache.remember(extra, hash, buffer, begin, cursor.at(), series);
        return series;
    }

    /** Reads {@code {name="value", ...}}; with the metric's name quoted among them, where it may be. */
    private void labels(Labels.Builder into, boolean ofSeries) throws ExpositionException {
        cursor.take('{');
        int count = 0;
        cursor.blanks();
        while (!cursor.take('}')) {
            boolean quoted = cursor.peek() == '"';
            String name = cursor.name(false);
            cursor.blanks();
            if (cursor.take('=')) {
                cursor.blanks();
                String value = cursor.quoted("label value", limits.valueBytes());
                if (into.contains(name) || name.equals(Labels.NAME)) {
                    throw cursor.fail("label name \"" + name + "\" is not unique: invalid sample");
                }
                into.set(name, value);
            } else if (!quoted || !ofSeries || into.contains(Labels.NAME)) {
                throw cursor.unexpected("an equals sign");
            } else {
                into.set(Labels.NAME, name);
            }
            if (++count > limits.labels() + 1) {
                throw cursor.fail("more than " + limits.labels() + " labels");
            }
            cursor.blanks();
            if (!cursor.take(',') && cursor.peek() != '}') {
                throw cursor.unexpected("a comma or a closing brace");
            }
            cursor.blanks();
        }
    }

    private void expectEnd() throws ExpositionException {
        cursor.blanks();
        if (!cursor.isAtEnd()) {
            throw cursor.unexpected("the line's end");
        }
    }
}
