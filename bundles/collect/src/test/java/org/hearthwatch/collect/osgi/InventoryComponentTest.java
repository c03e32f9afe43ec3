package org.hearthwatch.collect.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.hearthwatch.api.collect.CollectorRun;
import org.hearthwatch.api.collect.CollectorStatus;
import org.hearthwatch.api.collect.Collectors;
import org.hearthwatch.api.inventory.Entity;
import org.hearthwatch.api.inventory.EntityId;
import org.hearthwatch.api.inventory.InventoryGraph;
import org.hearthwatch.api.inventory.InventoryReport;
import org.hearthwatch.api.inventory.InventorySource;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.testkit.RecordedSamples;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InventoryComponentTest {

    private final InventoryComponent component = new InventoryComponent(
            new Collectors() {
                @Override
                public String instance() {
                    return "watch";
                }

                @Override
                public List<CollectorStatus> list() {
                    return List.of();
                }

                @Override
                public Optional<CollectorStatus> find(String name) {
                    return Optional.empty();
                }

                @Override
                public CollectorRun runOnce(String name) {
                    throw new UnsupportedOperationException(name);
                }
            },
            Duration.ofMillis(200));

    @AfterEach
    void stop() {
        component.deactivate();
    }

    private static InventorySource host(String name) {
        return instance -> report(name);
    }

    private static InventoryReport report(String name) {
        return new InventoryReport(
                "test", List.of(Entity.of(EntityId.host(name), Labels.of("instance", name))), List.of());
    }

    private boolean knows(String name) {
        return component.graph().find(EntityId.host(name)).isPresent();
    }

    private double metric(String name) {
        var samples = new RecordedSamples();
        component.collect(samples);
        return samples.value("hearthwatch_collect_inventory_" + name);
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void asks_a_source_as_soon_as_it_comes_and_forgets_what_it_said_when_it_goes() {
        InventorySource source = InventoryComponentTest::report;
        component.addSource(source);
        await(() -> knows("watch"));

        assertThat(metric("entities")).isEqualTo(1);
        assertThat(metric("sources")).isEqualTo(1);
        component.removeSource(source);
        assertThat(component.graph().entities()).isEmpty();
    }

    @Test
    void what_a_source_reported_stays_while_it_only_fails() {
        var fails = new AtomicBoolean();
        InventorySource source = instance -> {
            if (fails.get()) {
                throw new IOException("no answer");
            }
            return report("nas");
        };
        component.addSource(source);
        await(() -> knows("nas"));
        InventoryGraph first = component.graph();

        fails.set(true);
        // Whoever comes has all asked again.
        component.addSource(instance -> new InventoryReport("nothing", List.of(), List.of()));
        await(() -> metric("sources_failing") == 1);

        assertThat(component.graph()).isSameAs(first);
        fails.set(false);
        component.addSource(host("other"));
        await(() -> metric("sources_failing") == 0);
    }

    @Test
    void a_source_that_hangs_holds_up_no_other_and_is_asked_again_once_it_came_back() {
        var free = new CountDownLatch(1);
        var asked = new AtomicInteger();
        component.addSource(instance -> {
            if (asked.incrementAndGet() == 1) {
                Threads.awaitWhateverHappens(free);
            }
            return report("late" + asked.get());
        });
        await(() -> metric("sources_hanging") == 1);

        component.addSource(host("nas"));
        await(() -> knows("nas"));
        assertThat(asked).as("a source is never asked twice at once").hasValue(1);
        assertThat(metric("sources_failing")).isEqualTo(1);

        free.countDown();
        await(() -> knows("late1") && metric("sources_hanging") == 0);
        component.addSource(host("again"));
        await(() -> knows("late2"));
        assertThat(metric("sources_failing")).isZero();
    }

    @Test
    void a_source_that_waits_for_an_answer_is_interrupted_and_asked_again_at_the_next_look() {
        var asked = new AtomicInteger();
        component.addSource(instance -> {
            if (asked.incrementAndGet() == 1) {
                new CountDownLatch(1).await();
            }
            return report("nas");
        });
        await(() -> metric("sources_failing") == 1 && metric("sources_hanging") == 0);

        component.addSource(host("other"));
        await(() -> knows("nas"));
    }

    @Test
    void a_source_that_goes_while_it_hangs_leaves_nothing_behind() {
        var free = new CountDownLatch(1);
        var answered = new CountDownLatch(1);
        InventorySource source = instance -> {
            Threads.awaitWhateverHappens(free);
            answered.countDown();
            return report("gone");
        };
        component.addSource(source);
        await(() -> metric("sources_hanging") == 1);
        component.removeSource(source);
        free.countDown();
        await(() -> answered.getCount() == 0);

        component.addSource(host("nas"));
        await(() -> knows("nas"));
        assertThat(knows("gone")).isFalse();
        assertThat(metric("sources_hanging")).isZero();
    }

    /** What a plugin does that heeds no interruption. */
    private static final class Threads {

        static void awaitWhateverHappens(CountDownLatch latch) {
            while (latch.getCount() > 0) {
                try {
                    latch.await();
                } catch (InterruptedException e) {
                    // It goes on.
                }
            }
        }
    }
}
