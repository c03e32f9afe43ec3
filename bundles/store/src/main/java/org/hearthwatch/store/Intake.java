package org.hearthwatch.store;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.api.store.Receipt;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.api.store.StoreUnavailableException;
import org.hearthwatch.store.blocks.SeriesNumbers;
import org.hearthwatch.store.cardinality.Sources;
import org.hearthwatch.store.catalog.SeriesCatalog;
import org.hearthwatch.store.catalog.SeriesCatalog.Entry;
import org.hearthwatch.store.head.Head;
import org.hearthwatch.store.head.Outcome;
import org.hearthwatch.store.head.Series;
import org.hearthwatch.store.head.Tally;
import org.hearthwatch.store.log.Pending;
import org.jspecify.annotations.Nullable;

/**
 * Puts batches into memory and hands what is new to the committer. Thread-safe: threads that append different series
 * meet only when a batch begins and when it ends.
 */
final class Intake {

    /** The most samples of one batch. */
    static final int MOST_IN_BATCH = 1 << 17;

    private static final int REFUSALS_TOLD = 10;

    /** So many samples of one series are put in at once; senders gather about ten. */
    private static final int ROW = 32;

    private final Head head;
    private final Committer committer;
    private final Metadata metadata;
    private final Figures figures;
    private final InstantSource clock;
    private final Supplier<StoreSettings> settings;
    private final LongSupplier floor;
    private final Sources sources;
    private final Head.Birth birth;
    private final InFlight inFlight = new InFlight();
    private final Routes routes = new Routes();

    /**
     * @param floor samples older than this are gone and let in no more
     * @param sources where the names of those who send are numbered
     */
    Intake(
            Head head,
            SeriesCatalog catalog,
            Committer committer,
            Metadata metadata,
            Figures figures,
            InstantSource clock,
            Supplier<StoreSettings> settings,
            LongSupplier floor,
            Sources sources) {
        this.head = head;
        this.committer = committer;
        this.metadata = metadata;
        this.figures = figures;
        this.clock = clock;
        this.settings = settings;
        this.floor = floor;
        this.sources = sources;
        this.birth = new Head.Birth() {
            @Override
            public int takeRef() {
                return catalog.takeRef();
            }

            @Override
            public void born(Series series) {
                committer.add(new Entry(series.ref(), series.labels()));
            }
        };
    }

    Receipt append(SampleBatch batch) throws StoreUnavailableException {
        if (batch.size() > MOST_IN_BATCH) {
            throw new StoreUnavailableException("A batch of " + batch.size() + " samples is larger than the "
                    + MOST_IN_BATCH + " that are taken at once; send it in parts");
        }
        int weight = weightOf(batch);
        admit(weight);
        var ticket = inFlight.begin();
        var run = new Run(batch);
        CompletionStage<Void> durable = CompletableFuture.completedFuture(null);
        try {
            run.all();
        } finally {
            head.add(run.tally);
            // Where a sample was there already, another thread may have put it there a moment ago.
            List<CompletableFuture<CompletionStage<Void>>> others =
                    run.duplicates > 0 ? inFlight.others(ticket) : List.of();
            CompletionStage<Void> own = committer.submit(run.stored, weight);
            inFlight.end(ticket, own);
            durable = InFlight.all(others, own);
        }
        if (head.sampleBytes() > settings.get().memoryBytes()) {
            committer.hurry();
        }
        int accepted = batch.size() - run.refused;
        figures.appended().addAndGet(accepted);
        figures.duplicates().addAndGet(run.duplicates);
        metadata.add(batch.metadata());
        return new Receipt(accepted, run.refused, run.refusals, durable);
    }

    /** Waits until all that is in memory now has been handed to the committer. */
    void awaitSubmitted() {
        inFlight.await();
    }

    /** The number of a series, which is made where there is none; see {@link SeriesNumbers}. */
    int number(Labels labels, Consumer<Receipt.Reason> refusal) {
        Series known = head.find(labels);
        if (known != null) {
            return known.ref();
        }
        if (!SeriesLimits.allow(labels)) {
            refusal.accept(Receipt.Reason.BAD_LABELS);
            return -1;
        }
        Optional<Series> made = head.findOrMake(labels, settings.get().seriesLimit(), birth);
        if (made.isEmpty()) {
            refusal.accept(Receipt.Reason.TOO_MANY_SERIES);
        }
        return made.map(Series::ref).orElse(-1);
    }

    private static int weightOf(SampleBatch batch) {
        int weight = batch.size();
        if (batch.hasHistograms()) {
            for (int i = 0; i < batch.size(); i++) {
                Optional<NativeHistogram> histogram = batch.histogram(i);
                if (histogram.isPresent()) {
                    weight += Pending.weightOf(histogram.get()) - 1;
                }
            }
        }
        return weight;
    }

    private void admit(int weight) throws StoreUnavailableException {
        try {
            if (isFull()) {
                committer.hurry();
                throw new StoreUnavailableException(
                        "Samples come faster than old ones can be dropped from memory. Send again in a moment, or raise"
                                + " memory in etc/org.hearthwatch.store.cfg");
            }
            committer.admit(weight);
        } catch (StoreUnavailableException e) {
            figures.unavailable().incrementAndGet();
            throw e;
        }
    }

    /** Whether nothing is taken before memory has been cut. */
    boolean isFull() {
        return head.sampleBytes() / 5 * 4 > settings.get().memoryBytes();
    }

    /** Measured from now when samples of the future are there, so that a clock once wrong does not block for long. */
    private long earliest(long now) {
        long last = Math.min(now, head.newest());
        long window = settings.get().outOfOrderWindow().toMillis();
        long byWindow = last < Long.MIN_VALUE + window ? Long.MIN_VALUE : last - window;
        return Math.max(byWindow, floor.getAsLong());
    }

    /** One batch on its way in. */
    private final class Run {

        private final SampleBatch batch;
        private final Tally tally = head.tally();
        private final Pending stored;
        private final Routes.Walk walk;
        private final List<Receipt.Refusal> refusals = new ArrayList<>();
        private final int most = settings.get().seriesLimit();
        private final int source;
        private final long latest;
        private final long earliest;
        private int refused;
        private int duplicates;

        // Senders gather samples: what is known of the series of the last one, and whether it took that one.
        private @Nullable Labels before;
        private @Nullable Series there;
        private boolean flows;
        private final long[] times = new long[ROW];
        private final long[] bits = new long[ROW];

        Run(SampleBatch batch) {
            this.batch = batch;
            this.source = sources.number(batch.source());
            this.stored = new Pending(batch.size());
            this.walk = routes.begin(batch);
            long now = clock.millis();
            this.latest = now + settings.get().futureWindow().toMillis();
            this.earliest = earliest(now);
        }

        void all() {
            int i = 0;
            while (i < batch.size()) {
                int row = row(i);
                if (row == 0) {
                    one(i);
                }
                i += Math.max(1, row);
            }
            walk.end();
        }

        private void one(int index) {
            var reason = append(index);
            if (reason != null) {
                refused++;
                figures.refused(reason).incrementAndGet();
                if (refusals.size() < REFUSALS_TOLD) {
                    refusals.add(new Receipt.Refusal(batch.series(index), batch.timestamp(index), reason));
                }
            }
        }

        /** Puts in as many as follow the sample before within its series' chunk. @return how many */
        @SuppressWarnings("ReferenceEquality") // a sender's own labels; others are looked up
        private int row(int from) {
            Series series = there;
            if (series == null || !flows || batch.series(from) != before || batch.hasHistograms()) {
                return 0;
            }
            int most = Math.min(ROW, batch.size() - from);
            int count = 0;
            while (count < most && batch.series(from + count) == before && batch.timestamp(from + count) <= latest) {
                times[count] = batch.timestamp(from + count);
                bits[count] = Double.doubleToRawLongBits(batch.value(from + count));
                count++;
            }
            int done = series.appendRow(times, bits, count, earliest, tally);
            for (int i = 0; i < done; i++) {
                stored.add(series.ref(), times[i], bits[i]);
            }
            flows = done > 0;
            return done;
        }

        private Receipt.@Nullable Reason append(int index) {
            long time = batch.timestamp(index);
            if (time > latest) {
                return Receipt.Reason.TOO_NEW;
            }
            Labels labels = batch.series(index);
            Series remembered = remembered(labels);
            if (remembered != null) {
                remembered.source(source);
                Outcome outcome = append(remembered, time, index);
                if (outcome != Outcome.GONE) {
                    found(labels, remembered, outcome);
                    return reasonOf(outcome);
                }
                walk.gone();
            }
            while (true) {
                Series series = head.find(labels);
                if (series == null) {
                    if (!SeriesLimits.allow(labels)) {
                        return Receipt.Reason.BAD_LABELS;
                    }
                    if (time < earliest) {
                        return Receipt.Reason.TOO_OLD;
                    }
                    series = head.findOrMake(labels, most, birth).orElse(null);
                    if (series == null) {
                        return Receipt.Reason.TOO_MANY_SERIES;
                    }
                }
                series.source(source);
                Outcome outcome = append(series, time, index);
                if (outcome != Outcome.GONE) {
                    walk.found(labels, series);
                    found(labels, series, outcome);
                    return reasonOf(outcome);
                }
            }
        }

        @SuppressWarnings("ReferenceEquality") // as above
        private @Nullable Series remembered(Labels labels) {
            return labels == before ? there : walk.find(labels);
        }

        private void found(Labels labels, Series series, Outcome outcome) {
            before = labels;
            there = series;
            flows = outcome == Outcome.STORED;
        }

        private Outcome append(Series series, long time, int index) {
            var histogram = batch.hasHistograms() ? batch.histogram(index).orElse(null) : null;
            if (histogram != null) {
                Outcome outcome = series.append(time, histogram, earliest, tally);
                if (outcome == Outcome.STORED) {
                    stored.add(series.ref(), time, histogram);
                }
                return outcome;
            }
            long bits = Double.doubleToRawLongBits(batch.value(index));
            Outcome outcome = series.append(time, bits, earliest, tally);
            if (outcome == Outcome.STORED) {
                stored.add(series.ref(), time, bits);
            }
            return outcome;
        }

        private Receipt.@Nullable Reason reasonOf(Outcome outcome) {
            return switch (outcome) {
                case STORED -> null;
                case DUPLICATE -> {
                    duplicates++;
                    yield null;
                }
                case CONFLICT -> Receipt.Reason.CONFLICT;
                case TOO_OLD -> Receipt.Reason.TOO_OLD;
                case GONE -> throw new IllegalStateException("A series that is gone takes nothing");
            };
        }
    }
}
