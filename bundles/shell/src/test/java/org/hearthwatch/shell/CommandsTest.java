package org.hearthwatch.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.collect.CollectorRun;
import org.hearthwatch.api.collect.CollectorStatus;
import org.hearthwatch.api.collect.Collectors;
import org.hearthwatch.shell.line.Syntax;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every command. */
class CommandsTest {

    private final TestScreen screen = new TestScreen();

    @Test
    void are_those_the_product_promises() {
        assertThat(Commands.all(screen, InstantSource.system(), ZoneOffset.UTC, TestScreen.ADDRESS))
                .extracting(command -> command.syntax().name())
                .containsExactlyInAnyOrder(
                        "status",
                        "doctor",
                        "collector-list",
                        "collector-run",
                        "metric-list",
                        "query",
                        "token-create",
                        "token-list",
                        "token-revoke",
                        "user-list",
                        "user-add",
                        "user-remove",
                        "user-password",
                        "user-role",
                        "user-enable",
                        "user-disable",
                        "user-unlock",
                        "group-list",
                        "group-add",
                        "group-role",
                        "group-join",
                        "group-leave",
                        "group-remove",
                        "ssh-key-list",
                        "ssh-key-add",
                        "ssh-key-remove",
                        "mfa-status",
                        "mfa-begin",
                        "mfa-confirm",
                        "mfa-recovery",
                        "mfa-remove",
                        "passkey-list",
                        "passkey-remove",
                        "session-list",
                        "session-revoke",
                        "role-list",
                        "permission-list",
                        "token-rotate",
                        "setup-link",
                        "plugin-list",
                        "plugin-approve",
                        "plugin-remove",
                        "plugin-trust-list",
                        "plugin-trust-add",
                        "plugin-trust-revoke",
                        "audit-show",
                        "audit-verify",
                        "audit-checkpoint",
                        "audit-export",
                        "rule-list",
                        "alert-list",
                        "backup-create",
                        "backup-drill",
                        "backup-list",
                        "backup-restore",
                        "backup-verify",
                        "secret-list",
                        "secret-set",
                        "secret-get",
                        "secret-history",
                        "secret-delete",
                        "secret-rotate",
                        "vault-status",
                        "vault-init",
                        "vault-seal",
                        "vault-unseal",
                        "vault-slot-list",
                        "vault-slot-add",
                        "vault-slot-remove",
                        "vault-shares-test",
                        "vault-rotate",
                        "alert-ack",
                        "silence-add",
                        "maintenance-add",
                        "silence-list",
                        "silence-expire",
                        "route-test",
                        "route-reload",
                        "receiver-list",
                        "channel-list",
                        "channel-set",
                        "channel-remove",
                        "rule-put",
                        "rule-delete",
                        "receiver-test",
                        "notification-log",
                        "inventory-list",
                        "inventory-show",
                        "rule-check",
                        "rule-history",
                        "rule-backtest",
                        "tls-status",
                        "tls-ca-export",
                        "certificate-import",
                        "certificate-renew",
                        "pin-list",
                        "pin-add",
                        "pin-remove",
                        "security-profile",
                        "security-profile-set",
                        "data-classes",
                        "config-list",
                        "promises",
                        "store-status",
                        "store-check",
                        "store-cardinality",
                        "store-snapshot",
                        "store-delete",
                        "import");
    }

    @Test
    void every_one_explains_itself() {
        Commands.all(screen, InstantSource.system(), ZoneOffset.UTC, TestScreen.ADDRESS)
                .forEach(command -> {
                    String name = command.syntax().name();
                    assertThat(screen.run(name + " --help")).isZero();
                    assertThat(screen.out()).startsWith("hw:" + name);
                    command.syntax()
                            .options()
                            .forEach(option -> assertThat(screen.out()).contains(option.name()));
                });
    }

    @Test
    void every_list_can_be_read_by_a_script() {
        assertThat(Commands.all(screen, InstantSource.system(), ZoneOffset.UTC, TestScreen.ADDRESS))
                .filteredOn(command -> command.syntax().name().endsWith("-list"))
                .hasSizeGreaterThan(11)
                .allSatisfy(command -> assertThat(command.syntax().options())
                        .anyMatch(option -> option.name().equals(Syntax.JSON)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status",
                "doctor",
                "collector-list",
                "collector-run host",
                "metric-list",
                "query up",
                "token-create a --scope read",
                "token-list",
                "token-revoke a",
                "user-list",
                "user-add ada --role viewer",
                "user-remove ada",
                "user-password ada",
                "user-role ada viewer",
                "token-rotate a",
                "user-enable ada",
                "user-unlock ada",
                "group-list",
                "group-add family viewer",
                "group-role family viewer",
                "group-join family ada",
                "group-leave family ada",
                "group-remove family",
                "ssh-key-list",
                "ssh-key-add ada key",
                "ssh-key-remove ada SHA256:x",
                "mfa-status ada",
                "mfa-begin ada",
                "mfa-confirm ada 123456",
                "mfa-recovery ada",
                "mfa-remove ada",
                "passkey-list",
                "passkey-remove ada Desk",
                "session-list",
                "session-revoke --user ada",
                "permission-list",
                "setup-link",
                "plugin-list",
                "plugin-approve 0123456789ab",
                "plugin-remove 0123456789ab",
                "store-status",
                "store-check",
                "store-cardinality",
                "store-snapshot /tmp/copy",
                "store-delete up",
                "store-delete up --yes",
                "import openmetrics /tmp/old.om",
            })
    void a_missing_service_is_one_sentence_that_points_at_the_doctor(String line) {
        assertThat(screen.run(line)).isEqualTo(1);
        assertThat(screen.out()).isEmpty();
        assertThat(screen.err()).contains("not running").contains("hw:doctor").hasLineCount(1);
    }

    @Test
    void words_that_do_not_fit_are_exit_code_two_and_one_line() {
        assertThat(screen.run("token-create grafana")).isEqualTo(2);
        assertThat(screen.out()).isEmpty();
        assertThat(screen.err())
                .isEqualTo("hw:token-create: --scope SCOPE is missing. See hw:token-create --help"
                        + System.lineSeparator());
    }

    @Test
    void a_defect_shows_no_stack_trace() {
        screen.with(Collectors.class, new Collectors() {
            @Override
            public String instance() {
                return "nas";
            }

            @Override
            public List<CollectorStatus> list() {
                throw new IllegalStateException("broken\ninside");
            }

            @Override
            public Optional<CollectorStatus> find(String name) {
                return Optional.empty();
            }

            @Override
            public CollectorRun runOnce(String name) {
                throw new IllegalStateException();
            }
        });

        assertThat(screen.run("collector-list")).isEqualTo(1);
        assertThat(screen.err()).hasLineCount(1).contains("broken\\ninside");
    }
}
