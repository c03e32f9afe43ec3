package org.hearthwatch.collect.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hearthwatch.api.collect.CollectorRun;
import org.hearthwatch.api.collect.CollectorStatus;
import org.hearthwatch.api.collect.Collectors;
import org.hearthwatch.api.inventory.Entity;
import org.hearthwatch.api.inventory.EntityId;
import org.hearthwatch.api.inventory.InventoryReport;
import org.hearthwatch.api.inventory.InventorySource;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.testkit.RecordedSamples;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InventoryComponentTest {

    private final InventoryComponent component = new InventoryComponent(new Collectors() {
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
    });

    @AfterEach
    void stop() {
        component.deactivate();
    }

    @Test
    void asks_a_source_as_soon_as_it_comes_and_forgets_what_it_said_when_it_goes() throws Exception {
        var asked = new CountDownLatch(2);
        InventorySource source = instance -> {
            asked.countDown();
            EntityId host = EntityId.host(instance);
            return new InventoryReport("test", List.of(Entity.of(host, Labels.of("instance", instance))), List.of());
        };
        InventorySource broken = instance -> {
            asked.countDown();
            throw new IllegalStateException("no answer");
        };
        component.addSource(broken);
        component.addSource(source);
        assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();

        // The look ends after the last source has answered.
        while (component.graph().entities().isEmpty()) {
            Thread.onSpinWait();
        }
        var samples = new RecordedSamples();
        component.collect(samples);
        assertThat(samples.value("hearthwatch_collect_inventory_entities")).isEqualTo(1);
        assertThat(component.graph().find(EntityId.parse("host/watch"))).isPresent();

        component.removeSource(source);
        assertThat(component.graph().entities()).isEmpty();
    }
}
