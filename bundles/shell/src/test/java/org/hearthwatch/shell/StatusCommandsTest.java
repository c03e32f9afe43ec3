package org.hearthwatch.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.health.Appliance;
import org.hearthwatch.api.health.Doctor;
import org.hearthwatch.api.health.Finding;
import org.hearthwatch.api.health.Finding.Severity;
import org.hearthwatch.api.health.Vitals;
import org.hearthwatch.api.store.StoreStatus;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.Test;

class StatusCommandsTest {

    private static final StoreStatus STORE = new StoreStatus(
            4210,
            1_234_567,
            2_000_000,
            281.4,
            14 << 20,
            210 << 20,
            Optional.of(TestClock.START),
            Optional.of(TestClock.START.plus(Duration.ofHours(2))),
            Optional.of("the disk is full"));

    private final TestScreen screen = new TestScreen();

    @Test
    void the_status_fits_one_glance() {
        screen.with(Appliance.class, () -> vitals(Optional.of(STORE)));
        screen.clock.advance(Duration.ofHours(2));

        assertThat(screen.run("status")).isZero();
        assertThat(screen.out()).isEqualTo("""
                        Hearthwatch 0.1.0 on nas, up 2h
                          memory      212MB resident, heap 81MB of 256MB
                          CPU         36.0s since the start, 0.5% of one core
                          collectors  12, 1 failing: see hw:collector-list
                          store       4210 series, 1.23M samples, 281/s, 14MB memory, 210MB disk
                                      2026-01-02 03:04:05 to 2026-01-02 05:04:05
                                      takes nothing: the disk is full
                        """);
    }

    @Test
    void the_status_for_scripts_is_the_http_apis() {
        screen.with(Appliance.class, () -> vitals(Optional.of(STORE)));

        screen.run("status --json");

        assertThat(screen.out().strip())
                .isEqualTo(
                        "{\"version\":\"0.1.0\",\"hostName\":\"nas\",\"started\":1767323045,\"residentBytes\":222298112,"
                                + "\"heapUsedBytes\":84934656,\"heapMaxBytes\":268435456,\"cpuSeconds\":36,\"collectors\":12,"
                                + "\"failingCollectors\":1,\"notices\":[],\"store\":{\"series\":4210,\"samples\":1234567,\"samplesPerSecond\":281.4,"
                                + "\"memoryBytes\":14680064,\"diskBytes\":220200960,\"oldest\":1767323045,\"newest\":1767330245,"
                                + "\"readOnly\":\"the disk is full\"}}");
    }

    @Test
    void a_missing_store_is_said() {
        screen.with(Appliance.class, () -> vitals(Optional.empty()));

        screen.run("status");
        assertThat(screen.out()).contains("store       not running: see hw:doctor");

        screen.run("status --json");
        assertThat(screen.out()).contains("\"store\":null");
    }

    @Test
    void the_doctor_says_what_to_do_and_fails_the_script() {
        screen.with(
                Doctor.class,
                () -> List.of(new Finding(
                        Severity.CRITICAL, "store", "The disk is full", "Free space in /var or lower retention")));

        assertThat(screen.run("doctor")).isEqualTo(1);
        assertThat(screen.out()).isEqualTo("""
                        CRITICAL  store: The disk is full
                            → Free space in /var or lower retention
                        """);

        assertThat(screen.run("doctor --json")).isEqualTo(1);
        assertThat(screen.out().strip())
                .isEqualTo("[{\"severity\":\"critical\",\"subject\":\"store\",\"problem\":\"The disk is full\","
                        + "\"remedy\":\"Free space in /var or lower retention\"}]");
    }

    @Test
    void the_doctor_is_content_when_there_is_nothing_but_news() {
        screen.with(Doctor.class, () -> List.of(new Finding(Severity.INFO, "plugin", "One waits", "Look at it")));
        assertThat(screen.run("doctor")).isZero();

        screen.with(Doctor.class, List::of);
        assertThat(screen.run("doctor")).isZero();
        assertThat(screen.out().strip()).isEqualTo("All is well.");
    }

    private static Vitals vitals(Optional<StoreStatus> store) {
        return new Vitals("0.1.0", "nas", TestClock.START, 212 << 20, 81 << 20, 256 << 20, 36.0, 12, 1, store);
    }
}
