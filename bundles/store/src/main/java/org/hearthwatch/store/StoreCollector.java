package org.hearthwatch.store;

import java.util.Locale;
import java.util.function.Supplier;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Counter;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.api.metric.Histogram;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.Receipt;
import org.hearthwatch.api.store.StoreStatus;
import org.hearthwatch.store.catalog.SeriesCatalog;
import org.hearthwatch.store.head.Head;
import org.hearthwatch.store.log.SampleLog;

/** The store's own metrics. Thread-safe. */
final class StoreCollector implements Collector {

    static final Gauge SERIES = Gauge.of("hearthwatch_store_series", "Series with samples in memory");
    static final Gauge SERIES_LIMIT = Gauge.of("hearthwatch_store_series_limit", "Series there may be at a time");
    static final Gauge SAMPLES = Gauge.of("hearthwatch_store_samples", "Samples in memory");
    static final Counter APPENDED = Counter.of(
            "hearthwatch_store_appended_total", "Samples accepted since the store was opened, duplicates among them");
    static final Counter DUPLICATES =
            Counter.of("hearthwatch_store_duplicates_total", "Samples accepted that were there before");
    static final Counter REFUSED =
            Counter.of("hearthwatch_store_refused_total", "Samples refused one by one, by reason", "reason");
    static final Counter UNAVAILABLE = Counter.of(
            "hearthwatch_store_unavailable_total", "Batches refused as a whole because nothing could be taken");
    static final Histogram COMMIT =
            Histogram.of("hearthwatch_store_commit_seconds", "How long it took to write and fsync what had gathered");
    static final Counter WRITE_ERRORS =
            Counter.of("hearthwatch_store_write_errors_total", "Writes to the data directory that failed");
    static final Gauge PENDING = Gauge.of("hearthwatch_store_pending_samples", "Samples that wait to be written");
    static final Gauge PENDING_LIMIT =
            Gauge.of("hearthwatch_store_pending_samples_limit", "Samples that may wait to be written");
    static final Gauge LOG_BYTES = Gauge.of("hearthwatch_store_log_bytes", "What the files of the log take");
    static final Gauge SEGMENTS = Gauge.of("hearthwatch_store_log_segments", "Files of the log");
    static final Gauge CATALOG_BYTES =
            Gauge.of("hearthwatch_store_catalog_bytes", "What the catalogue of the series takes");
    static final Gauge DAMAGED =
            Gauge.of("hearthwatch_store_damaged_places", "Places that could not be read when the store was opened");
    static final Gauge READ_ONLY =
            Gauge.of("hearthwatch_store_read_only", "1 while nothing can be written and samples are refused, else 0");
    static final Gauge MEMORY = Gauge.of("hearthwatch_store_memory_bytes", "Heap the store takes, estimated");
    static final Gauge SAMPLE_BYTES = Gauge.of("hearthwatch_store_sample_bytes", "Heap the samples take, estimated");
    static final Gauge SAMPLE_LIMIT = Gauge.of("hearthwatch_store_sample_bytes_limit", "Heap the samples may take");
    static final Gauge OLDEST = Gauge.of(
            "hearthwatch_store_oldest_timestamp_seconds", "Time of the oldest sample, in seconds since the epoch");

    private final Head head;
    private final SampleLog log;
    private final SeriesCatalog catalog;
    private final Committer committer;
    private final Figures figures;
    private final Supplier<StoreSettings> settings;
    private final Supplier<StoreStatus> status;
    private final int damagedPlaces;

    StoreCollector(
            Head head,
            SampleLog log,
            SeriesCatalog catalog,
            Committer committer,
            Figures figures,
            Supplier<StoreSettings> settings,
            Supplier<StoreStatus> status,
            int damagedPlaces) {
        this.head = head;
        this.log = log;
        this.catalog = catalog;
        this.committer = committer;
        this.figures = figures;
        this.settings = settings;
        this.status = status;
        this.damagedPlaces = damagedPlaces;
    }

    @Override
    public void collect(SampleSink sink) {
        StoreStatus now = status.get();
        StoreSettings limits = settings.get();
        sink.set(SERIES, (double) now.series());
        sink.set(SERIES_LIMIT, (double) limits.seriesLimit());
        sink.set(SAMPLES, (double) now.samples());
        sink.set(APPENDED, (double) now.appended());
        sink.set(DUPLICATES, (double) figures.duplicates().get());
        for (Receipt.Reason reason : Receipt.Reason.values()) {
            sink.set(
                    REFUSED,
                    (double) figures.refused(reason).get(),
                    reason.name().toLowerCase(Locale.ROOT));
        }
        sink.set(UNAVAILABLE, (double) figures.unavailable().get());
        sink.set(COMMIT, figures.commits().snapshot(), Labels.EMPTY);
        sink.set(WRITE_ERRORS, (double) figures.writeErrors().get());
        sink.set(PENDING, committer.pending());
        sink.set(PENDING_LIMIT, Committer.MOST_PENDING);
        sink.set(LOG_BYTES, (double) log.bytes());
        sink.set(SEGMENTS, (double) log.segmentCount());
        sink.set(CATALOG_BYTES, (double) catalog.bytes());
        sink.set(DAMAGED, damagedPlaces);
        sink.set(READ_ONLY, now.readOnly().isPresent() ? 1 : 0);
        sink.set(MEMORY, (double) now.memoryBytes());
        sink.set(SAMPLE_BYTES, (double) head.sampleBytes());
        sink.set(SAMPLE_LIMIT, (double) limits.memoryBytes());
        now.oldest().ifPresent(time -> sink.set(OLDEST, time.toEpochMilli() / 1000.0));
    }
}
