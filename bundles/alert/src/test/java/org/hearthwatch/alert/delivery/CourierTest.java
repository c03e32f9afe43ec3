package org.hearthwatch.alert.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.hearthwatch.alert.dispatch.Timers;
import org.hearthwatch.alert.held.HeldAlert;
import org.hearthwatch.alert.nflog.Message;
import org.hearthwatch.alert.nflog.Outbox;
import org.hearthwatch.alert.nflog.Reason;
import org.hearthwatch.alert.nflog.Slot;
import org.hearthwatch.alert.notify.Sealer;
import org.hearthwatch.alert.notify.TestTimers;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.api.notify.Notification;
import org.hearthwatch.api.notify.Notifier;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CourierTest {

    @TempDir
    private Path folder;

    private final TestClock clock = TestClock.atStart();
    private final TestTimers timers = new TestTimers(clock);
    private final List<String> events = new ArrayList<>();
    private final List<Notification> told = new ArrayList<>();
    private Outbox outbox;

    @BeforeEach
    void open() throws IOException {
        outbox = Outbox.open(folder.resolve("outbox.log"), clock, 100);
    }

    /** What a channel does with a message. */
    private interface Taking {
        String take(Notification notification) throws DeliveryException, InterruptedException;
    }

    private static Channel channel(String name, Taking taking) {
        Notifier notifier = new Notifier() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String kind() {
                return "test";
            }

            @Override
            public String deliver(Notification notification) throws DeliveryException, InterruptedException {
                return taking.take(notification);
            }
        };
        return new Channel(name, "ops", "test", true, 0, () -> Optional.of(notifier));
    }

    private Couriers couriers(CourierSettings settings, Timers with, Supplier<ExecutorService> lanes) {
        DeliveryEvents noted = new DeliveryEvents() {
            @Override
            public void delivered(Channel channel, List<Message> messages) {
                note("delivered " + channel.id() + " " + messages.size());
            }

            @Override
            public void failed(
                    Channel channel, Message message, boolean lasting, Instant since, int tries, String why) {
                note((lasting ? "gave up " : "failed ") + channel.id() + " " + tries + ": " + why);
            }

            @Override
            public void recovered(Channel channel) {
                note("recovered " + channel.id());
            }
        };
        return new Couriers(outbox, lanes, with, clock, new Sealer(clock, System::nanoTime), noted, settings);
    }

    private synchronized void note(String event) {
        events.add(event);
    }

    private Message message(String channel, String group) {
        Instant now = clock.instant();
        var alert = new HeldAlert(Labels.of("alertname", group), Map.of(), now, now.plusSeconds(3600), "", now, false);
        return new Message(
                group + "@" + now,
                new Slot(channel, group),
                "ops",
                group,
                Labels.EMPTY,
                Map.of(),
                Reason.FIRST,
                now,
                now.plusSeconds(7200),
                List.of(alert));
    }

    private void queue(Couriers couriers, String channel, String... groups) throws IOException {
        for (String group : groups) {
            outbox.queue(List.of(message(channel, group)));
        }
        couriers.find(channel).orElseThrow().wake();
    }

    @Test
    void tries_again_after_a_while_that_grows() throws IOException {
        var moments = new ArrayList<Long>();
        Couriers couriers = couriers(CourierSettings.DEFAULT, timers, timers::executor);
        couriers.use(
                List.of(channel("a", notification -> {
                    moments.add(
                            Duration.between(TestClock.START, clock.instant()).toMillis());
                    if (moments.size() < 5) {
                        throw DeliveryException.passing("busy", new IOException("503"));
                    }
                    return "ok";
                })),
                CourierSettings.DEFAULT);

        queue(couriers, "a", "g");
        timers.run(Duration.ofMinutes(1));

        assertThat(moments).containsExactly(0L, 500L, 1_500L, 3_500L, 7_500L);
        assertThat(events).endsWith("recovered a", "delivered a 1");
        assertThat(outbox.past(1)).singleElement().satisfies(attempt -> {
            assertThat(attempt.delivered()).isTrue();
            assertThat(attempt.tries()).isEqualTo(5);
            assertThat(attempt.answer()).isEqualTo("ok");
        });
    }

    @Test
    void waits_as_long_as_the_other_side_asks() throws IOException {
        var moments = new ArrayList<Long>();
        Couriers couriers = couriers(CourierSettings.DEFAULT, timers, timers::executor);
        couriers.use(
                List.of(channel("a", notification -> {
                    moments.add(
                            Duration.between(TestClock.START, clock.instant()).toSeconds());
                    if (moments.size() == 1) {
                        throw DeliveryException.passing("too many", Duration.ofSeconds(42));
                    }
                    return "ok";
                })),
                CourierSettings.DEFAULT);

        queue(couriers, "a", "g");
        timers.run(Duration.ofMinutes(1));

        assertThat(moments).containsExactly(0L, 42L);
    }

    @Test
    void gives_up_what_another_try_cannot_mend_and_goes_on_with_the_next() throws IOException {
        Couriers couriers = couriers(CourierSettings.DEFAULT, timers, timers::executor);
        couriers.use(
                List.of(channel("a", notification -> {
                    if (notification.groupKey().equals("bad")) {
                        throw DeliveryException.lasting("no such recipient");
                    }
                    told.add(notification);
                    return "ok";
                })),
                CourierSettings.DEFAULT);

        queue(couriers, "a", "bad", "good");
        timers.run(Duration.ofSeconds(1));

        assertThat(events).contains("gave up a 1: no such recipient", "delivered a 1");
        assertThat(told).extracting(Notification::groupKey).containsExactly("good");
        assertThat(outbox.queued()).isEmpty();
        assertThat(outbox.told(new Slot("a", "bad"))).isEmpty();
    }

    @Test
    void what_goes_beyond_the_limit_comes_as_one_digest() throws IOException {
        var settings = new CourierSettings(Duration.ofSeconds(30), 2, Duration.ofMinutes(10));
        Couriers couriers = couriers(settings, timers, timers::executor);
        couriers.use(
                List.of(channel("a", notification -> {
                    told.add(notification);
                    return "ok";
                })),
                settings);

        queue(couriers, "a", "g1", "g2", "g3", "g4", "g5");
        timers.run(Duration.ofMinutes(9));
        assertThat(told).hasSize(2);
        timers.run(Duration.ofMinutes(2));

        assertThat(told).hasSize(3);
        assertThat(told.get(2).alerts())
                .extracting(alert -> alert.labels().get("alertname"))
                .containsExactly("g3", "g4", "g5");
        assertThat(told.get(2).groupKey()).isEqualTo("digest:a");
        assertThat(outbox.queued()).isEmpty();
    }

    @Test
    void a_day_old_message_is_given_up() throws IOException {
        Couriers couriers = couriers(CourierSettings.DEFAULT, timers, timers::executor);
        couriers.use(
                List.of(channel("a", notification -> {
                    throw DeliveryException.passing("busy", new IOException("503"));
                })),
                CourierSettings.DEFAULT);

        queue(couriers, "a", "g");
        timers.run(Duration.ofHours(25));

        assertThat(outbox.queued()).isEmpty();
        assertThat(outbox.past(1))
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.delivered()).isFalse());
    }

    @Test
    void a_channel_that_stalls_holds_up_no_other_and_is_interrupted_at_its_deadline() throws Exception {
        ScheduledExecutorService clockwork = Executors.newSingleThreadScheduledExecutor();
        var lanes = new ArrayList<ExecutorService>();
        var stalled = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        BlockingQueue<Notification> arrived = new LinkedBlockingQueue<>();
        Timers real = (delay, task) -> {
            var future = clockwork.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
            return () -> future.cancel(false);
        };
        var settings = new CourierSettings(Duration.ofMillis(300), 0, Duration.ZERO);
        Couriers couriers = couriers(settings, real, () -> {
            lanes.add(Executors.newSingleThreadExecutor());
            return lanes.get(lanes.size() - 1);
        });
        try {
            couriers.use(
                    List.of(
                            channel("stalls", notification -> {
                                stalled.countDown();
                                try {
                                    new CountDownLatch(1).await();
                                } catch (InterruptedException e) {
                                    interrupted.countDown();
                                    throw e;
                                }
                                return "never";
                            }),
                            channel("works", notification -> {
                                arrived.add(notification);
                                return "ok";
                            })),
                    settings);
            queue(couriers, "stalls", "g");
            assertThat(stalled.await(30, TimeUnit.SECONDS)).isTrue();
            queue(couriers, "works", "g");

            assertThat(arrived.poll(30, TimeUnit.SECONDS)).isNotNull();
            assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            couriers.close();
            clockwork.shutdownNow();
            lanes.forEach(ExecutorService::shutdownNow);
        }
    }
}
