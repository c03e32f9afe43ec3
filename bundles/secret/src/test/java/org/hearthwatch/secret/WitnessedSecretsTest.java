package org.hearthwatch.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.audit.AuditEvent;
import org.hearthwatch.api.audit.AuditEvent.Outcome;
import org.hearthwatch.api.audit.AuditLog;
import org.hearthwatch.api.audit.AuditUnavailableException;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SecretRef;
import org.hearthwatch.api.secret.SecretUnavailableException;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.Test;

class WitnessedSecretsTest {

    private static final SecretRef SMTP = SecretRef.parse("secret:smtp/password");

    private final TestClock clock = TestClock.atStart();
    private final List<AuditEvent> log = new ArrayList<>();
    private boolean full;
    private final WitnessedSecrets secrets = new WitnessedSecrets(
            reference -> {
                if (reference.path().equals("missing")) {
                    throw new SecretUnavailableException(reference + " is not there");
                }
                return Secret.of("hunter2");
            },
            () -> Optional.of(auditLog()),
            clock);

    @Test
    void the_first_use_of_each_reader_is_recorded_and_later_ones_are_counted() throws Exception {
        for (int i = 0; i < 50; i++) {
            secrets.readBy("notifier.mail").open(SMTP).close();
        }
        secrets.readBy("access.oidc").open(SMTP).close();

        assertThat(log).hasSize(2).allSatisfy(event -> {
            assertThat(event.action()).isEqualTo("secret:use");
            assertThat(event.object()).isEqualTo("secret:smtp/password");
            assertThat(event.toString()).doesNotContain("hunter2");
        });
        assertThat(log).extracting(AuditEvent::source).containsExactly("notifier.mail", "access.oidc");

        clock.advance(Duration.ofDays(1));
        secrets.readBy("notifier.mail").open(SMTP).close();
        assertThat(log).last().satisfies(event -> assertThat(event.reason()).contains("read 49 times"));
    }

    @Test
    void a_use_that_failed_is_recorded_as_such() {
        for (int i = 0; i < 5; i++) {
            assertThatExceptionOfType(SecretUnavailableException.class)
                    .isThrownBy(() -> secrets.readBy("notifier.mail").open(SecretRef.parse("secret:missing")));
        }

        assertThat(log)
                .singleElement()
                .satisfies(event -> assertThat(event.outcome()).isEqualTo(Outcome.FAILED));
    }

    @Test
    void where_the_log_takes_nothing_secrets_are_handed_out_and_told_later() throws Exception {
        full = true;
        secrets.readBy("notifier.mail").open(SMTP).close();
        assertThat(log).isEmpty();
        full = false;
        secrets.readBy("notifier.mail").open(SMTP).close();

        assertThat(log).hasSize(1);
    }

    @Test
    void however_many_references_there_are_the_memory_of_them_is_bounded() throws Exception {
        for (int i = 0; i <= WitnessedSecrets.MOST_USES; i++) {
            secrets.readBy("plugin").open(SecretRef.parse("env:V" + i)).close();
        }
        secrets.readBy("plugin").open(SecretRef.parse("env:V0")).close();

        assertThat(log).hasSize(WitnessedSecrets.MOST_USES + 2);
    }

    private AuditLog auditLog() {
        return event -> {
            if (full) {
                throw new AuditUnavailableException("The disk is full");
            }
            log.add(event);
            return log.size();
        };
    }
}
