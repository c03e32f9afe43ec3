package org.hearthwatch.prometheus.backfill;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.hearthwatch.api.config.ByteSize;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.MetricMetadata;
import org.hearthwatch.api.store.Importer.ImportException;
import org.hearthwatch.api.store.Importer.ImportReport;
import org.hearthwatch.api.store.Receipt;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.api.store.StoreAdmin.Backfill;
import org.hearthwatch.api.store.StoreUnavailableException;
import org.hearthwatch.prometheus.exposition.ExpositionSink;

/** Hands what is read to the store in batches of bounded size, and stops at the first sample that is not taken. */
final class Batches implements ExpositionSink {

    private static final int SAMPLES = 20_000;

    /** Of the labels of series not met before: few samples may carry much text. */
    private static final int CHARACTERS = 4 << 20;

    private static final int FAMILIES = 1000;
    private static final long TELL_MILLIS = 2000;

    private final String name;
    private final String source;
    private final Backfill into;
    private final CountedStream text;
    private final InstantSource clock;
    private final Consumer<String> progress;

    // As many as the store takes: it refuses a series over its limit, which ends the import.
    private final Set<Labels> series = new HashSet<>();
    private SampleBatch.Builder batch;
    private final long[] lines = new long[SAMPLES];
    private long line;
    private int families;
    private int characters;
    private long samples;
    private long oldest = Long.MAX_VALUE;
    private long newest = Long.MIN_VALUE;
    private long told;

    Batches(
            String name,
            String format,
            Backfill into,
            CountedStream text,
            InstantSource clock,
            Consumer<String> progress) {
        this.name = name;
        this.source = "import/" + format;
        this.into = into;
        this.text = text;
        this.clock = clock;
        this.progress = progress;
        this.batch = SampleBatch.from(source);
        this.told = clock.millis();
    }

    /** The store does not take what was read; carries the reason through the parser. */
    static final class Stopped extends IOException {

        private static final long serialVersionUID = 1L;

        private final ImportException reason;

        Stopped(String reason) {
            super(reason);
            this.reason = new ImportException(reason);
        }

        ImportException reason() {
            return reason;
        }
    }

    @Override
    public void line(long number) {
        line = number;
    }

    @Override
    public void family(MetricMetadata family) throws IOException {
        batch.describe(family);
        families++;
        flushIfFull();
    }

    @Override
    public void sample(Labels labels, long timestamp, double value) throws IOException {
        if (series.add(labels)) {
            characters += length(labels);
        }
        lines[batch.size()] = line;
        batch.add(labels, timestamp, value);
        samples++;
        oldest = Math.min(oldest, timestamp);
        newest = Math.max(newest, timestamp);
        flushIfFull();
    }

    private static int length(Labels labels) {
        int length = 0;
        for (int i = 0; i < labels.size(); i++) {
            length += labels.nameAt(i).length() + labels.valueAt(i).length();
        }
        return length;
    }

    private void flushIfFull() throws IOException {
        if (batch.size() >= SAMPLES || characters >= CHARACTERS || families >= FAMILIES) {
            flush();
        }
    }

    /** Hands over what has gathered. */
    void flush() throws IOException {
        if (Thread.interrupted()) {
            throw new InterruptedIOException("The import was interrupted");
        }
        try {
            SampleBatch built = batch.build();
            Receipt receipt = into.add(built);
            if (receipt.refused() > 0) {
                throw new Stopped(refusal(built, receipt));
            }
        } catch (StoreUnavailableException e) {
            throw new Stopped(name + ": the store takes nothing more: " + e.getMessage());
        }
        batch = SampleBatch.from(source);
        characters = 0;
        families = 0;
        long now = clock.millis();
        if (now - told >= TELL_MILLIS) {
            told = now;
            progress.accept(name + ": " + samples + " samples of " + series.size() + " series, "
                    + new ByteSize(text.bytes()) + " read");
        }
    }

    /** Of a batch the store tells the first that it does not take. */
    private String refusal(SampleBatch refused, Receipt receipt) {
        Receipt.Refusal first = receipt.refusals().get(0);
        int place = 0;
        while (refused.timestamp(place) != first.timestamp()
                || !refused.series(place).equals(first.series())) {
            place++;
        }
        int others = receipt.refused() - 1;
        return name + ", line " + lines[place] + ": " + first.series() + " at "
                + Instant.ofEpochMilli(first.timestamp()) + " is not taken, because " + words(first.reason())
                + (others == 0
                        ? ""
                        : "; nor are " + others + " more of the lines up to " + lines[refused.size() - 1]);
    }

    private static String words(Receipt.Reason reason) {
        return switch (reason) {
            case CONFLICT -> "the store holds another value for that time";
            case TOO_OLD -> "it is older than the store takes";
            case TOO_NEW -> "it is further in the future than the store takes; are the timestamps in the right unit?";
            case TOO_MANY_SERIES ->
                "there would be more series than the store takes; raise maxSeries in"
                        + " etc/org.hearthwatch.store.cfg or import fewer";
            case BAD_LABELS -> "its labels are too many or too long";
        };
    }

    ImportReport report() {
        return new ImportReport(
                text.lines(),
                samples,
                series.size(),
                samples == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(oldest)),
                samples == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(newest)));
    }
}
