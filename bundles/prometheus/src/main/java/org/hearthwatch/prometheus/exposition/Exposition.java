package org.hearthwatch.prometheus.exposition;

import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.store.SeriesReader;

/**
 * Writes the newest value of every series for a scraper: what this machine's collectors report without {@code job} and
 * {@code instance}, as an exporter does, everything else with. Thread-safe.
 */
public final class Exposition {

    /** Older values are not shown, as no instant query would show them either. */
    private static final Duration LOOK_BACK = Duration.ofMinutes(5);

    private final SeriesReader store;
    private final Supplier<String> localInstance;
    private final InstantSource clock;
    private final LongAdder scrapes = new LongAdder();
    private volatile Known known = new Known("", Map.of(), 0);

    /** The series of the newest scrape, so that the next needs not make them again. */
    private record Known(String localInstance, Map<Labels, Exposed> series, int duplicates) {}

    /** @param localInstance the {@code instance} label of what is collected on this machine */
    public Exposition(SeriesReader store, Supplier<String> localInstance, InstantSource clock) {
        this.store = store;
        this.localInstance = localInstance;
        this.clock = clock;
    }

    /** Writes everything; the writer is not closed. */
    public void write(Format format, Writer writer) throws IOException {
        List<Sample> newest = store.latest(List.of(), clock.millis() - LOOK_BACK.toMillis());
        String instance = localInstance.get();
        Known before = known;
        Map<Labels, Exposed> usable = before.localInstance().equals(instance) ? before.series() : Map.of();
        var now = new HashMap<Labels, Exposed>(2 * newest.size());
        var seen = new HashSet<Labels>(2 * newest.size());
        int duplicates = 0;
        var families = new Families(store.metadata());
        for (Sample sample : newest) {
            Exposed series = usable.get(sample.labels());
            if (series == null) {
                series = Exposed.of(sample.labels(), instance);
            }
            now.put(sample.labels(), series);
            if (seen.add(series.identity())) {
                families.add(series, sample.value());
            } else {
                duplicates++;
            }
        }
        known = new Known(instance, now, duplicates);
        scrapes.increment();
        format.write(writer, families.enumerate());
    }

    /** How often it was written. */
    public long scrapes() {
        return scrapes.sum();
    }

    /** Series left out of the newest scrape: another looks the same without job and instance, or with its name escaped. */
    public int duplicates() {
        return known.duplicates();
    }

    /** The series of the newest scrape. */
    public int series() {
        return known.series().size();
    }
}
