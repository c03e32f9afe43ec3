package org.hearthwatch.prometheus.backfill;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.hearthwatch.api.store.Importer;
import org.hearthwatch.api.store.StoreAdmin;
import org.hearthwatch.api.store.StoreAdmin.Backfill;
import org.hearthwatch.api.store.StoreUnavailableException;
import org.hearthwatch.prometheus.exposition.Dialect;
import org.hearthwatch.prometheus.exposition.ExpositionException;
import org.hearthwatch.prometheus.exposition.ExpositionLimits;
import org.hearthwatch.prometheus.exposition.TextParser;
import org.hearthwatch.prometheus.intern.SeriesCache;

/**
 * Imports OpenMetrics 1.0 as {@code promtool tsdb create-blocks-from openmetrics} takes it, and Prometheus's text format
 * where every sample has a timestamp. A text of any length goes through in little memory; one at a time.
 */
public final class TextImporter implements Importer {

    private static final Map<String, Dialect> FORMATS =
            new TreeMap<>(Map.of("openmetrics", Dialect.OPEN_METRICS, "prometheus", Dialect.TEXT));
    private static final int CACHED_SERIES = 50_000;
    private static final long CACHE_BYTES = 16L << 20;

    private final StoreAdmin store;
    private final InstantSource clock;
    private final Semaphore turn = new Semaphore(1);

    public TextImporter(StoreAdmin store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public List<String> formats() {
        return List.copyOf(FORMATS.keySet());
    }

    @Override
    public ImportReport load(String format, String name, InputStream text, Consumer<String> progress)
            throws ImportException, IOException, StoreUnavailableException, InterruptedException {
        Dialect dialect = FORMATS.get(format);
        if (dialect == null) {
            throw new ImportException(name + ": the format \"" + format + "\" is none of " + formats());
        }
        if (!turn.tryAcquire()) {
            throw new StoreUnavailableException("Another import is running; wait until it is done");
        }
        try (Backfill into = store.backfill("import/" + format)) {
            var counted = new CountedStream(text);
            var batches = new Batches(name, format, into, counted, clock, progress);
            new TextParser(dialect, ExpositionLimits.FILE, new SeriesCache(CACHED_SERIES, CACHE_BYTES))
                    .parse(counted, OptionalLong.empty(), batches);
            batches.flush();
            progress.accept(name + ": read; writing blocks");
            into.finish();
            return batches.report();
        } catch (ExpositionException e) {
            throw new ImportException(name + ", line " + e.line() + ": " + e.reason());
        } catch (Batches.Stopped e) {
            throw e.reason();
        } catch (InterruptedIOException e) {
            throw new InterruptedException(e.getMessage());
        } finally {
            turn.release();
        }
    }
}
