package org.hearthwatch.collector.runtime.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.collect.CollectorRun;
import org.hearthwatch.api.collect.CollectorStatus;
import org.hearthwatch.api.collect.CollectorStatus.State;
import org.hearthwatch.api.collect.Collectors;
import org.hearthwatch.api.health.Finding;
import org.hearthwatch.api.store.StoreStatus;
import org.junit.jupiter.api.Test;

class WorkDoctorTest {

    private static final Collectors NONE = new FixedCollectors(List.of());

    @Test
    void a_store_and_a_runner_that_work_are_not_spoken_of() {
        assertThat(new WorkDoctor(Optional.of(() -> store(Optional.empty())), Optional.of(NONE)).examine())
                .isEmpty();
    }

    @Test
    void without_a_store_or_a_runner_the_appliance_does_not_do_its_job() {
        assertThat(new WorkDoctor(Optional.empty(), Optional.empty()).examine())
                .extracting(Finding::severity)
                .containsExactly(Finding.Severity.CRITICAL, Finding.Severity.CRITICAL);
    }

    @Test
    void a_read_only_store_says_why() {
        assertThat(new WorkDoctor(Optional.of(() -> store(Optional.of("the disk is full"))), Optional.of(NONE))
                        .examine())
                .extracting(Finding::problem)
                .containsExactly("it takes no samples: the disk is full");
    }

    @Test
    void failing_and_stuck_collectors_are_named() {
        var collectors = new FixedCollectors(List.of(
                status("good", State.OK, 0), status("bad", State.BACKING_OFF, 5), status("hung", State.STUCK, 1)));

        var findings = new WorkDoctor(Optional.of(() -> store(Optional.empty())), Optional.of(collectors)).examine();

        assertThat(findings).extracting(Finding::subject).containsExactly("collector bad", "collector hung");
        assertThat(findings.get(0).problem()).isEqualTo("its newest run failed, the 5. in a row: no route to host");
        assertThat(findings.get(1).remedy()).contains("bundle of.hung");
    }

    private static CollectorStatus status(String name, State state, int failures) {
        return new CollectorStatus(
                name,
                name,
                "of." + name,
                state,
                Duration.ofSeconds(15),
                Duration.ofSeconds(10),
                Optional.empty(),
                Optional.empty(),
                failures == 0 ? Optional.empty() : Optional.of("no route to host"),
                0,
                0,
                failures);
    }

    private static StoreStatus store(Optional<String> readOnly) {
        return new StoreStatus(0, 0, 0, 0, 0, 0, Optional.empty(), Optional.empty(), readOnly);
    }

    private record FixedCollectors(List<CollectorStatus> list) implements Collectors {
        @Override
        public String instance() {
            return "hearth";
        }

        @Override
        public Optional<CollectorStatus> find(String name) {
            return list.stream().filter(status -> status.name().equals(name)).findFirst();
        }

        @Override
        public CollectorRun runOnce(String name) {
            throw new UnsupportedOperationException("The doctor only looks");
        }
    }
}
