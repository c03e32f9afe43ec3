package org.hearthwatch.prometheus.out;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.random.RandomGenerator;
import org.hearthwatch.api.store.SampleTail.Cursor;
import org.hearthwatch.api.store.SampleTail.Slice;
import org.hearthwatch.prometheus.out.Endpoint.Answer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what a cursor gives to an endpoint: slice by slice, each until all of it was taken or refused for good, and only then
 * the next. What waits stands in the store's log, so an outage costs no memory, and a restart sends again at most the slice
 * that was under way, which receivers recognize. Runs until it is interrupted.
 */
public final class Sending {

    private static final Logger LOG = LoggerFactory.getLogger(Sending.class);
    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final long FIRST_BACK_OFF = 30;
    private static final long LONGEST_BACK_OFF = 5_000;
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(5);

    /** How a wait is waited, so that tests need not. */
    @FunctionalInterface
    public interface Pause {
        void hold(Duration duration) throws InterruptedException;
    }

    private final String name;
    private final Cursor cursor;
    private final Endpoint endpoint;
    private final SendSettings settings;
    private final SendFigures figures;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Pause pause;
    private final WriteEncoder encoder;
    private boolean troubled;

    /** @param name of the endpoint, for people */
    public Sending(
            String name,
            Cursor cursor,
            Endpoint endpoint,
            SendSettings settings,
            SendFigures figures,
            InstantSource clock,
            RandomGenerator random,
            Pause pause) {
        this.name = name;
        this.cursor = cursor;
        this.endpoint = endpoint;
        this.settings = settings;
        this.figures = figures;
        this.clock = clock;
        this.random = random;
        this.pause = pause;
        this.encoder = new WriteEncoder(settings);
    }

    /** Sends until interrupted. */
    public void run() throws InterruptedException {
        long backOff = FIRST_BACK_OFF;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                sendNext();
                backOff = FIRST_BACK_OFF;
            } catch (IOException e) {
                LOG.error("Remote write to {}: {}", name, e.getMessage());
                pause.hold(Duration.ofMillis(backOff));
                backOff = Math.min(LONGEST_BACK_OFF, 2 * backOff);
            }
        }
        throw new InterruptedException();
    }

    /**
     * Sends the next slice. False if there was none for a while.
     *
     * @throws IOException if what comes next cannot be read, or its being done not be kept
     */
    public boolean sendNext() throws IOException, InterruptedException {
        Optional<Slice> next = cursor.poll(settings.samplesPerSend(), WAIT);
        if (next.isEmpty()) {
            return false;
        }
        Slice slice = next.get();
        if (slice.lostBefore() > 0) {
            figures.lostMillis.add(slice.lostBefore());
            LOG.error("Remote write to {} was too far behind: samples of {} ms were dropped", name, slice.lostBefore());
        }
        send(slice);
        cursor.acknowledge(slice);
        return true;
    }

    private void send(Slice slice) throws InterruptedException {
        boolean[] done = new boolean[settings.shards()];
        long backOff = FIRST_BACK_OFF;
        boolean first = true;
        while (true) {
            // Anew for each attempt: what became too old meanwhile is left out.
            encoder.encode(slice, clock.millis() - settings.mostAge().toMillis());
            if (first) {
                figures.droppedRelabelled.add(encoder.relabelled());
            }
            Optional<Duration> wait = attempt(done);
            if (wait.isEmpty()) {
                figures.droppedOld.add(encoder.old());
                return;
            }
            first = false;
            figures.retries.increment();
            Duration jittered = Duration.ofMillis(backOff / 2 + random.nextLong(backOff / 2 + 1));
            pause.hold(wait.get().compareTo(jittered) > 0 ? wait.get() : jittered);
            backOff = Math.min(LONGEST_BACK_OFF, 2 * backOff);
        }
    }

    /** Sends the shards that are not done. Empty when all are; else how long the endpoint wants to be left alone. */
    private Optional<Duration> attempt(boolean[] done) throws InterruptedException {
        var answers = new CompletableFuture<?>[done.length];
        for (int i = 0; i < done.length; i++) {
            if (!done[i] && encoder.samples(i) > 0) {
                byte[] body = encoder.body(i);
                figures.bytes.add(body.length);
                answers[i] = endpoint.send(body);
            }
        }
        Optional<Duration> wait = Optional.empty();
        for (int i = 0; i < done.length; i++) {
            CompletableFuture<?> pending = answers[i];
            if (pending == null) {
                continue;
            }
            Optional<Duration> again = outcome(pending, encoder.samples(i));
            done[i] = again.isEmpty();
            if (again.isPresent() && (wait.isEmpty() || again.get().compareTo(wait.get()) > 0)) {
                wait = again;
            }
        }
        return wait;
    }

    /** Waits for an answer and counts it. Empty if the request is done with. */
    private Optional<Duration> outcome(CompletableFuture<?> pending, int samples) throws InterruptedException {
        try {
            if (pending.get() instanceof Answer answer) {
                if (answer.isForLater()) {
                    trouble(answer.status() + " " + answer.text());
                    return Optional.of(answer.retryAfter()
                            .filter(after -> after.compareTo(LONGEST_RETRY_AFTER) <= 0)
                            .orElse(answer.retryAfter().isPresent() ? LONGEST_RETRY_AFTER : Duration.ZERO));
                }
                if (answer.isSuccess()) {
                    figures.sent.add(samples);
                    relief();
                } else {
                    figures.failed.add(samples);
                    LOG.error(
                            "Remote write to {}: {} samples were refused for good: {} {}",
                            name,
                            samples,
                            answer.status(),
                            answer.text());
                }
            }
            return Optional.empty();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            trouble(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
            return Optional.of(Duration.ZERO);
        }
    }

    /** Once for an outage, not once for an attempt. */
    private void trouble(String reason) {
        if (!troubled) {
            troubled = true;
            LOG.warn("Remote write to {} fails and is tried again until it succeeds: {}", name, reason);
        }
    }

    private void relief() {
        if (troubled) {
            troubled = false;
            LOG.info("Remote write to {} works again", name);
        }
    }
}
