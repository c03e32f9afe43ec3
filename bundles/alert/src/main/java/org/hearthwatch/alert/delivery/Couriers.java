package org.hearthwatch.alert.delivery;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.hearthwatch.alert.dispatch.Timers;
import org.hearthwatch.alert.nflog.Outbox;

/** A courier for each channel, each on its own thread, so that one that stalls holds up no other. Thread-safe. */
public final class Couriers {

    /** How long a message that is on its way may take to be given up when all ends. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Outbox outbox;
    private final Supplier<ExecutorService> lanes;
    private final Timers timers;
    private final InstantSource clock;
    private final Envelopes envelopes;
    private final DeliveryEvents events;
    private final Map<String, Carried> couriers = new LinkedHashMap<>();
    private CourierSettings settings;

    private record Carried(Courier courier, ExecutorService lane) {

        void close() {
            courier.close();
            lane.shutdown();
        }

        /** Whether its thread ended in time. */
        boolean ends(Duration patience) {
            try {
                return lane.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    /** @param lanes makes an executor of one thread */
    public Couriers(
            Outbox outbox,
            Supplier<ExecutorService> lanes,
            Timers timers,
            InstantSource clock,
            Envelopes envelopes,
            DeliveryEvents events,
            CourierSettings settings) {
        this.outbox = outbox;
        this.lanes = lanes;
        this.timers = timers;
        this.clock = clock;
        this.envelopes = envelopes;
        this.events = events;
        this.settings = settings;
    }

    /** From now on carries the messages of these channels, and of no others. */
    public synchronized void use(Collection<Channel> channels, CourierSettings changed) {
        boolean anew = !changed.equals(settings);
        settings = changed;
        List<String> ids = channels.stream().map(Channel::id).toList();
        couriers.entrySet().removeIf(entry -> {
            boolean gone = anew || !ids.contains(entry.getKey());
            if (gone) {
                entry.getValue().close();
            }
            return gone;
        });
        for (Channel channel : channels) {
            Carried carried = couriers.get(channel.id());
            if (carried == null) {
                ExecutorService lane = lanes.get();
                carried = new Carried(
                        new Courier(channel, outbox, lane, timers, clock, envelopes, events, changed), lane);
                couriers.put(channel.id(), carried);
            }
            carried.courier().use(channel);
        }
    }

    public synchronized Optional<Courier> find(String channel) {
        return Optional.ofNullable(couriers.get(channel)).map(Carried::courier);
    }

    public synchronized List<Courier> all() {
        return couriers.values().stream().map(Carried::courier).toList();
    }

    /** Carries nothing any more; waits for messages that are just handed over, but not for ever. */
    public void close() {
        List<Carried> closing;
        synchronized (this) {
            closing = List.copyOf(couriers.values());
            couriers.clear();
        }
        closing.forEach(Carried::close);
        // All end at the same time, so one that does not has had the time of all the others.
        Duration patience = PATIENCE;
        for (Carried carried : closing) {
            patience = carried.ends(patience) ? PATIENCE : Duration.ZERO;
        }
    }
}
