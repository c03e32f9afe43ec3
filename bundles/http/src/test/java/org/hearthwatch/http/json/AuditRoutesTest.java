package org.hearthwatch.http.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
import org.hearthwatch.api.audit.AuditEntry;
import org.hearthwatch.api.audit.AuditEvent;
import org.hearthwatch.api.audit.AuditEvent.Outcome;
import org.hearthwatch.api.audit.AuditTrail;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.testkit.FakeExchange;
import org.junit.jupiter.api.Test;

class AuditRoutesTest {

    private final AuditRoutes routes = new AuditRoutes(FakeTrail::new);

    @Test
    void entries_are_shown_as_they_are() throws Exception {
        assertThat(asked("?limit=1"))
                .isEqualTo(
                        "[{\"sequence\":2,\"time\":20.0,\"actor\":\"bob\",\"role\":\"viewer\",\"source\":\"192.0.2.1\","
                                + "\"action\":\"manage:users\",\"object\":\"x\",\"outcome\":\"refused\",\"reason\":\"Not allowed\"}]");
    }

    @Test
    void entries_are_chosen_by_who_what_when_how_it_ended_and_any_word() throws Exception {
        assertThat(asked("?actor=ann"))
                .contains("\"sequence\":0", "\"sequence\":1")
                .doesNotContain("bob");
        assertThat(asked("?action=manage:")).contains("bob").doesNotContain("ann");
        assertThat(asked("?outcome=refused")).contains("bob").doesNotContain("ann");
        assertThat(asked("?since=10&until=19.5")).contains("\"sequence\":1").doesNotContain("\"sequence\":0", "bob");
        assertThat(asked("?text=NOT%20allow")).contains("bob").doesNotContain("ann");
        assertThat(asked("?actor=")).contains("ann", "bob");
    }

    @Test
    void a_question_that_makes_no_sense_is_refused() {
        for (String query : List.of("?limit=0", "?limit=10001", "?limit=x", "?since=yesterday")) {
            assertThatExceptionOfType(HttpProblem.class)
                    .isThrownBy(() -> asked(query))
                    .satisfies(e -> assertThat(e.status()).isEqualTo(400));
        }
    }

    @Test
    void the_log_is_proved_signed_and_taken_along() throws Exception {
        assertThat(FakeExchange.post("/api/hw/audit/verify").answeredBy(routes).text())
                .isEqualTo("{\"entries\":3,\"checkpoints\":1,\"problem\":\"entry 2 was changed\"}");
        assertThat(FakeExchange.post("/api/hw/audit/checkpoint")
                        .answeredBy(routes)
                        .text())
                .isEqualTo("{\"note\":\"a note\"}");
        assertThat(FakeExchange.get("/api/hw/audit/head").answeredBy(routes).text())
                .isEqualTo("{\"size\":3,\"hash\":\"ab\",\"lastCheckpoint\":null,\"verifier\":\"a key\"}");
        byte[] zip =
                FakeExchange.post("/api/hw/audit/export").answeredBy(routes).bytes();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            assertThat(in.getNextEntry().getName()).isEqualTo("audit/audit.log");
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("the log");
            assertThat(in.getNextEntry()).isNull();
        }
    }

    private String asked(String query) throws IOException, HttpProblem {
        return FakeExchange.get("/api/hw/audit" + query).answeredBy(routes).text();
    }

    /** A log of three entries that has been tampered with. */
    private static final class FakeTrail implements AuditTrail {

        private static final List<AuditEntry> ENTRIES = List.of(
                entry(0, 1, new AuditEvent("ann", "admin", "shell", "edit:rules", "a", Outcome.ALLOWED, "")),
                entry(1, 10, new AuditEvent("ann", "admin", "shell", "edit:rules", "b", Outcome.ALLOWED, "")),
                entry(
                        2,
                        20,
                        new AuditEvent(
                                "bob", "viewer", "192.0.2.1", "manage:users", "x", Outcome.REFUSED, "Not allowed")));

        private static AuditEntry entry(long sequence, long second, AuditEvent event) {
            return new AuditEntry(sequence, Instant.ofEpochSecond(second), event);
        }

        @Override
        public List<AuditEntry> newest(int most, Predicate<AuditEntry> wanted) {
            List<AuditEntry> all = ENTRIES.stream().filter(wanted).toList();
            return all.subList(Math.max(0, all.size() - most), all.size());
        }

        @Override
        public Head head() {
            return new Head(3, "ab");
        }

        @Override
        public Verification verify() {
            return new Verification(3, 1, Optional.of("entry 2 was changed"));
        }

        @Override
        public String checkpoint() {
            return "a note";
        }

        @Override
        public String verifier() {
            return "a key";
        }

        @Override
        public Optional<Instant> lastCheckpoint() {
            return Optional.empty();
        }

        @Override
        public void export(Path directory) throws IOException {
            try (Stream<Path> beside = Files.list(directory.getParent())) {
                assertThat(beside).isEmpty();
            }
            Files.writeString(Files.createDirectory(directory).resolve("audit.log"), "the log");
        }
    }
}
