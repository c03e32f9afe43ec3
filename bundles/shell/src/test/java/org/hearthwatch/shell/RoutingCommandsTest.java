package org.hearthwatch.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.alert.Acknowledgement;
import org.hearthwatch.api.alert.AlertDesk;
import org.hearthwatch.api.alert.AlertingRefusal;
import org.hearthwatch.api.alert.DeskAlert;
import org.hearthwatch.api.alert.Routing;
import org.hearthwatch.api.alert.RuleBacktest;
import org.hearthwatch.api.alert.RuleFiles;
import org.hearthwatch.api.alert.Silence;
import org.hearthwatch.api.alert.Silences;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingCommandsTest {

    private final List<Silence> made = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final TestScreen screen = new TestScreen()
            .with(Routing.class, new House())
            .with(Silences.class, new Book())
            .with(AlertDesk.class, new Desk())
            .with(RuleFiles.class, new Shelf())
            .with(RuleBacktest.class, new Past());

    private final class House implements Routing {

        @Override
        public List<Node> routes() {
            return List.of();
        }

        @Override
        public Trace trace(Labels labels) {
            return new Trace(
                    List.of(
                            new Step(0, "{}", "default", true, false),
                            new Step(1, "{severity=\"critical\"}", "ops", labels.has("severity"), true)),
                    List.of(new Destination(
                            "ops",
                            "{}/{severity=\"critical\"}",
                            Labels.of("alertname", "Down"),
                            Duration.ofSeconds(30),
                            Duration.ofMinutes(5),
                            Duration.ofHours(4),
                            List.of("ops/email[0]"),
                            List.of("night"))),
                    List.of("s1"),
                    List.of());
        }

        @Override
        public List<Receiver> receivers() {
            return List.of(new Receiver(
                    "ops",
                    Map.of(),
                    List.of(new Channel(
                            "ops/email[0]", "email", 2, Optional.of(TestClock.START), Optional.of("busy")))));
        }

        @Override
        public List<TestResult> test(String receiver) throws AlertingRefusal {
            if (!receiver.equals("ops")) {
                throw new AlertingRefusal(AlertingRefusal.Kind.NOT_FOUND, "There is no receiver " + receiver);
            }
            return List.of(new TestResult("ops/email[0]", false, Duration.ofMillis(12), "535 wrong password"));
        }

        @Override
        public List<Notice> notices(int most) {
            return List.of(new Notice(
                    TestClock.START,
                    "k",
                    "ops",
                    "ops/email[0]",
                    "{}:{}",
                    "first notification",
                    true,
                    1,
                    2,
                    0,
                    "250 ok"));
        }

        @Override
        public Status status() {
            return new Status("etc/alertmanager.yml", "", TestClock.START, problems);
        }

        @Override
        public void reload() throws AlertingRefusal {
            if (!problems.isEmpty()) {
                throw new AlertingRefusal(AlertingRefusal.Kind.INVALID, problems.get(0));
            }
        }
    }

    private final class Book implements Silences {

        @Override
        public List<Silence> list() {
            return made;
        }

        @Override
        public Optional<Silence> find(String id) {
            return Optional.empty();
        }

        @Override
        public String set(Silence silence) {
            made.add(silence);
            return "s" + made.size();
        }

        @Override
        public void expire(String id) throws AlertingRefusal {
            throw new AlertingRefusal(AlertingRefusal.Kind.NOT_FOUND, "silence " + id + " not found");
        }
    }

    private static final class Desk implements AlertDesk {

        private static final DeskAlert DOWN = new DeskAlert(
                "0123456789abcdef",
                Labels.of("alertname", "Down", "instance", "nas"),
                Map.of(),
                TestClock.START,
                TestClock.START,
                TestClock.START,
                "",
                List.of("ops"),
                List.of("s1"),
                List.of(),
                List.of(),
                Optional.of(new Acknowledgement("ann", "", TestClock.START, Optional.empty())));

        @Override
        public List<DeskAlert> alerts() {
            return List.of(DOWN);
        }

        @Override
        public List<DeskAlert> acknowledge(
                List<Matcher> matchers, String by, String comment, Optional<Duration> lasting) throws AlertingRefusal {
            if (!matchers.contains(Matcher.equal("alertname", "Down"))) {
                throw new AlertingRefusal(AlertingRefusal.Kind.NOT_FOUND, "No alert fires");
            }
            return List.of(DOWN);
        }
    }

    private static final class Shelf implements RuleFiles {

        @Override
        public List<Entry> list() {
            return List.of(new Entry("house.yml", 10, TestClock.START));
        }

        @Override
        public String read(String name) {
            return "good";
        }

        @Override
        public List<String> check(String text) {
            return text.equals("good") ? List.of() : List.of("2:1: field nam not found");
        }

        @Override
        public void write(String name, String text, String by, String comment) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void delete(String name, String by, String comment) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Version> history(String name) {
            return List.of(new Version(1, TestClock.START, "ann", "why", Optional.of("good")));
        }
    }

    private static final class Past implements RuleBacktest {

        @Override
        public Report expression(String expression, Duration holdFor, Duration interval, Instant start, Instant end) {
            Instant fired = end.minus(Duration.ofHours(2));
            return new Report(
                    "",
                    expression,
                    holdFor,
                    interval,
                    List.of(
                            new Firing(Labels.of("instance", "nas"), fired, fired, Optional.of(fired.plusSeconds(600))),
                            new Firing(Labels.of("instance", "pi"), fired, fired, Optional.empty())),
                    List.of());
        }

        @Override
        public List<Report> file(String text, Instant start, Instant end) {
            return List.of(new Report("Down", "up == 0", Duration.ZERO, Duration.ofMinutes(1), List.of(), List.of()));
        }
    }

    @Test
    void says_where_an_alert_would_go_and_why() {
        assertThat(screen.run("route-test alertname=Down severity=critical")).isZero();
        assertThat(screen.out()).isEqualTo("""
                + {} -> default
                  + {severity="critical"} -> ops (and on)
                RECEIVER  GROUP               WAIT  INTERVAL  REPEAT  CHANNELS      MUTED BY
                ops       {alertname="Down"}   30s        5m      4h  ops/email[0]  night
                Silenced by s1
                """);
        assertThat(screen.run("route-test severity")).isEqualTo(ShellCommand.USAGE);
    }

    @Test
    void lists_receivers_and_what_is_wrong_with_the_file() {
        problems.add("etc/alertmanager.yml:3:5: no");

        assertThat(screen.run("receiver-list")).isEqualTo(ShellCommand.FAILED);
        assertThat(screen.out()).isEqualTo("""
                RECEIVER  CHANNEL       KIND   WAITING  LAST DELIVERED       PROBLEM
                ops       ops/email[0]  email        2  2026-01-02 03:04:05  busy
                By etc/alertmanager.yml.
                """);
        assertThat(screen.err()).isEqualTo("Refused: etc/alertmanager.yml:3:5: no\n");
        assertThat(screen.run("route-reload")).isEqualTo(ShellCommand.FAILED);
    }

    @Test
    void a_test_shows_what_the_other_side_said() {
        assertThat(screen.run("receiver-test ops")).isEqualTo(ShellCommand.FAILED);
        assertThat(screen.out()).isEqualTo("""
                CHANNEL       RESULT  TOOK  ANSWER
                ops/email[0]  failed  12ms  535 wrong password
                """);
        assertThat(screen.run("receiver-test nobody")).isEqualTo(ShellCommand.FAILED);
        assertThat(screen.err()).isEqualTo("There is no receiver nobody\n");
    }

    @Test
    void shows_what_went_out() {
        assertThat(screen.run("notification-log --last 5")).isZero();
        assertThat(screen.out())
                .contains("2026-01-02 03:04:05  delivered  ops/email[0]", "first notification", "250 ok");
        assertThat(screen.run("notification-log --last 0")).isEqualTo(ShellCommand.USAGE);
    }

    @Test
    void makes_silences_also_for_times_that_come_again() {
        assertThat(screen.run("silence-add Down instance=~nas.* --for 2h --comment maintenance"))
                .isZero();
        assertThat(made.get(0).matchers())
                .containsExactly(
                        Matcher.equal("alertname", "Down"), new Matcher("instance", Matcher.Kind.MATCHES, "nas.*"));
        assertThat(made.get(0).endsAt()).isEqualTo(TestClock.START.plus(Duration.ofHours(2)));
        assertThat(made.get(0).createdBy()).isEqualTo("operator");

        assertThat(screen.run("silence-add Backup --for 365d --window mon-wed,sun/22:00-06:00"))
                .isZero();
        assertThat(made.get(1).window()).get().satisfies(window -> {
            assertThat(window.days()).hasSize(4);
            assertThat(window.contains(Instant.parse("2026-01-05T23:00:00Z"))).isTrue();
            assertThat(window.contains(Instant.parse("2026-01-08T05:59:00Z"))).isTrue();
            assertThat(window.contains(Instant.parse("2026-01-08T22:00:00Z"))).isFalse();
        });
        assertThat(screen.run("silence-list")).isZero();
        assertThat(screen.out()).contains("mon,tue,wed,sun/22:00-06:00 Z", "alertname=\"Backup\"");
        assertThat(screen.run("silence-expire s9")).isEqualTo(ShellCommand.FAILED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "silence-add Down",
                "silence-add Down --for 1h --until now",
                "silence-add a=b=~{} --for soon",
                "silence-add Down --for 1h --window always",
                "silence-add Down --for 1h --window mon-xyz/10:00-11:00",
                "silence-add Down --for 1h --window mon/10:00-25:00"
            })
    void a_silence_that_makes_no_sense_is_not_understood(String line) {
        assertThat(screen.run(line)).isEqualTo(ShellCommand.USAGE);
        assertThat(made).isEmpty();
    }

    @Test
    void acknowledges_and_shows_what_people_are_told_of() {
        assertThat(screen.run("alert-ack Down --comment mine")).isZero();
        assertThat(screen.out()).isEqualTo("Acknowledged: {alertname=\"Down\", instance=\"nas\"}\n");
        assertThat(screen.run("alert-ack Other")).isEqualTo(ShellCommand.FAILED);
        assertThat(screen.run("alert-list --told")).isZero();
        assertThat(screen.out()).contains("quiet", "silence s1, acknowledged by ann");
    }

    @Test
    void checks_rule_files_and_tries_rules(@TempDir Path folder) throws Exception {
        Path bad = Files.writeString(folder.resolve("bad.yml"), "bad");

        assertThat(screen.run("rule-check house.yml")).isZero();
        assertThat(screen.run("rule-check " + bad)).isEqualTo(ShellCommand.FAILED);
        assertThat(screen.err()).isEqualTo(bad + ":2:1: field nam not found\n");
        assertThat(screen.run("rule-check --json " + bad)).isEqualTo(ShellCommand.FAILED);
        assertThat(screen.out())
                .isEqualTo("{\"file\":\"" + bad + "\",\"usable\":false,\"problems\":[\"2:1: field nam not found\"]}\n");
        assertThat(screen.run("rule-check " + folder.resolve("none.yml"))).isEqualTo(ShellCommand.FAILED);
        assertThat(screen.err())
                .isEqualTo("There is no file " + folder.resolve("none.yml") + ", nor one of this name in etc/rules\n");
        assertThat(screen.run("rule-history house.yml")).isZero();
        assertThat(screen.out()).contains("ann", "why");

        assertThat(screen.run("rule-backtest up_==_0 --since 7d --for 10m")).isZero();
        assertThat(screen.out()).isEqualTo("""
                up == 0 would have fired 2 times in 7d, for 2h10m in all (looked at every 1m)
                FIRED                  FOR  LABELS
                2026-01-02 01:04:05    10m  {instance="nas"}
                2026-01-02 01:04:05  still  {instance="pi"}
                """);
        assertThat(screen.run("rule-backtest house.yml")).isZero();
        assertThat(screen.out()).startsWith("Down would have fired 0 times in 7d");
        assertThat(screen.run("rule-backtest house.yml --for 1m")).isEqualTo(ShellCommand.USAGE);
        assertThat(screen.run("rule-backtest up --json")).isZero();
        assertThat(screen.out()).contains("\"firings\":[{\"activeAt\":");
    }
}
