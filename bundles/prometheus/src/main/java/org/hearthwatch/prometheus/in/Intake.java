package org.hearthwatch.prometheus.in;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.metric.Exemplar;
import org.hearthwatch.api.store.ExemplarStore;
import org.hearthwatch.api.store.Receipt;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.api.store.SampleWriter;
import org.hearthwatch.api.store.StoreUnavailableException;
import org.hearthwatch.prometheus.intern.SeriesCache;

/** Takes pushes to the store within limits, and waits until they are on disk. Thread-safe. */
public final class Intake {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(5);

    /** OpenMetrics' limit for the names and values of an exemplar's labels together. */
    private static final int LONGEST_EXEMPLAR = 128;

    private final SampleWriter store;
    private final Supplier<Optional<ExemplarStore>> exemplars;
    private final Senders senders;
    private final SeriesCache cache;
    private final Supplier<PushLimits> limits;
    private final InstantSource clock;
    private final Memory memory = new Memory();

    /** @param cache which series the senders' bytes stand for */
    public Intake(
            SampleWriter store,
            Supplier<Optional<ExemplarStore>> exemplars,
            Senders senders,
            SeriesCache cache,
            Supplier<PushLimits> limits,
            InstantSource clock) {
        this.store = store;
        this.exemplars = exemplars;
        this.senders = senders;
        this.cache = cache;
        this.limits = limits;
        this.clock = clock;
    }

    public PushLimits limits() {
        return limits.get();
    }

    public long nowMillis() {
        return clock.millis();
    }

    public Sender sender(Optional<Principal> principal) {
        return senders.of(principal);
    }

    /**
     * Begins a push.
     *
     * @throws LaterException if the sender is too fast
     */
    public Place begin(Sender sender) throws LaterException {
        PushLimits now = limits.get();
        if (!sender.mayBring(now.samplesPerSecond(), clock.millis())) {
            sender.refused("rate", 1);
            throw new LaterException(
                    429,
                    SOON,
                    "more than " + now.samplesPerSecond() + " samples per second from " + sender.name()
                            + "; see samplesPerSecond in etc/org.hearthwatch.prometheus.cfg");
        }
        return new Place(new Push(sender, now, cache, clock.millis()), now);
    }

    /** A push while it is read and written: it holds memory, of which there is only so much for all of them together. */
    public final class Place implements AutoCloseable {

        private final Push push;
        private final PushLimits limits;
        private long held;

        private Place(Push push, PushLimits limits) {
            this.push = push;
            this.limits = limits;
        }

        /**
         * Waits for memory before it is used; what is waited for is given back by {@link #close}.
         *
         * @throws LaterException if others hold it for too long
         */
        public void reserve(long bytes) throws LaterException {
            if (!memory.take(bytes, limits)) {
                push.sender().refused("busy", 1);
                throw new LaterException(503, SOON, "too much is being received at once; try again in a second");
            }
            held += Memory.rounded(bytes);
        }

        public Push push() {
            return push;
        }

        /**
         * Gives what was gathered to the store and waits until it is on disk.
         *
         * @throws LaterException if that cannot be done now; a repetition does no harm
         */
        public Outcome write() throws LaterException {
            return Intake.this.write(this);
        }

        @Override
        public void close() {
            memory.giveBack(held);
            held = 0;
        }
    }

    private Outcome write(Place place) throws LaterException {
        Push push = place.push();
        Sender sender = push.sender();
        Problems problems = push.problems();
        sender.brought(push.size());
        SampleBatch histogramBatch = push.histograms();
        int samples;
        int histograms = 0;
        try {
            Receipt numbers = store.append(push.numbers());
            samples = numbers.accepted();
            problems.add(numbers);
            CompletionStage<Void> durable = numbers.durable();
            if (histogramBatch != null) {
                Receipt receipt = store.append(histogramBatch);
                histograms = receipt.accepted();
                problems.add(receipt);
                durable = durable.thenCompose(written -> receipt.durable());
            }
            // What waits for the disk is the store's now; others may be read meanwhile.
            place.close();
            store.hurry();
            await(durable);
        } catch (StoreUnavailableException e) {
            sender.refused("unavailable", push.size());
            throw new LaterException(503, LATER, String.valueOf(e.getMessage()));
        }
        int kept = keep(push.exemplars(), sender);
        sender.requests.increment();
        sender.samples.add(samples);
        sender.histograms.add(histograms);
        sender.exemplars.add(kept);
        problems.counts().forEach(sender::refused);
        return new Outcome(samples, histograms, kept, problems);
    }

    private void await(CompletionStage<Void> durable) throws LaterException, StoreUnavailableException {
        Duration wait = limits.get().patience();
        try {
            durable.toCompletableFuture().get(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new LaterException(503, LATER, "the samples were not on disk after " + wait.toMillis() + " ms");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreUnavailableException unavailable) {
                throw unavailable;
            }
            throw new IllegalStateException("The store failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaterException(503, SOON, "the server is stopping");
        }
    }

    /** Exemplars are extras: those that cannot be kept are counted, and nothing fails for them. */
    private int keep(List<Exemplar> all, Sender sender) {
        Optional<ExemplarStore> keeper = all.isEmpty() ? Optional.empty() : exemplars.get();
        if (keeper.isEmpty()) {
            return 0;
        }
        List<Exemplar> fitting = all.stream().filter(Intake::fits).toList();
        if (fitting.size() < all.size()) {
            sender.refused("exemplar labels too long", all.size() - fitting.size());
        }
        keeper.get().add(fitting);
        return fitting.size();
    }

    private static boolean fits(Exemplar exemplar) {
        int length = 0;
        for (int i = 0; i < exemplar.labels().size(); i++) {
            length += exemplar.labels().nameAt(i).length()
                    + exemplar.labels().valueAt(i).length();
        }
        return length <= LONGEST_EXEMPLAR;
    }
}
