package org.hearthwatch.shell;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hearthwatch.api.access.Permission;

/** All commands of the scope {@code hw}. */
public final class Commands {

    /** The commands that change something, and the permission that does the same over HTTP. */
    private static final Map<String, String> CHANGES = Map.ofEntries(
            Map.entry("token-create", "tokens:manage"),
            Map.entry("token-revoke", "tokens:manage"),
            Map.entry("token-rotate", "tokens:manage"),
            Map.entry("setup-link", "users:manage"),
            Map.entry("user-add", "users:manage"),
            Map.entry("user-remove", "users:manage"),
            Map.entry("user-password", "users:manage"),
            Map.entry("user-role", "users:manage"),
            Map.entry("user-enable", "users:manage"),
            Map.entry("user-disable", "users:manage"),
            Map.entry("user-unlock", "users:manage"),
            Map.entry("group-add", "groups:manage"),
            Map.entry("group-remove", "groups:manage"),
            Map.entry("group-role", "groups:manage"),
            Map.entry("group-join", "groups:manage"),
            Map.entry("group-leave", "groups:manage"),
            Map.entry("ssh-key-add", "users:manage"),
            Map.entry("ssh-key-remove", "users:manage"),
            Map.entry("mfa-begin", "users:manage"),
            Map.entry("mfa-confirm", "users:manage"),
            Map.entry("mfa-recovery", "users:manage"),
            Map.entry("mfa-remove", "users:manage"),
            Map.entry("pin-add", "pins:manage"),
            Map.entry("pin-remove", "pins:manage"),
            Map.entry("passkey-remove", "users:manage"),
            Map.entry("session-revoke", "sessions:manage"),
            Map.entry("plugin-approve", "plugins:manage"),
            Map.entry("plugin-remove", "plugins:manage"),
            Map.entry("plugin-trust-add", "plugins:manage"),
            Map.entry("plugin-trust-revoke", "plugins:manage"),
            Map.entry("audit-export", "audit:export"),
            Map.entry("certificate-import", "transport:manage"),
            Map.entry("certificate-renew", "transport:manage"),
            Map.entry("security-profile-set", "profile:manage"),
            Map.entry("store-snapshot", "samples:copy"),
            Map.entry("store-delete", "samples:delete"),
            Map.entry("backup-create", "backups:manage"),
            Map.entry("backup-drill", "backups:manage"),
            Map.entry("backup-restore", "backups:restore"),
            Map.entry("secret-delete", "secrets:manage"),
            Map.entry("secret-get", "secrets:reveal"),
            Map.entry("secret-rotate", "secrets:manage"),
            Map.entry("secret-set", "secrets:manage"),
            Map.entry("vault-init", "vault:manage"),
            Map.entry("vault-rotate", "vault:manage"),
            Map.entry("vault-seal", "vault:manage"),
            Map.entry("vault-shares-test", "vault:manage"),
            Map.entry("vault-slot-add", "vault:manage"),
            Map.entry("vault-slot-remove", "vault:manage"),
            Map.entry("vault-unseal", "vault:manage"),
            Map.entry("import", "samples:push"),
            Map.entry("alert-ack", "alerts:acknowledge"),
            Map.entry("silence-add", "alerts:silence"),
            Map.entry("maintenance-add", "alerts:silence"),
            Map.entry("silence-expire", "alerts:silence"),
            Map.entry("route-reload", "alerts:reload"),
            Map.entry("channel-set", "channels:manage"),
            Map.entry("channel-remove", "channels:manage"),
            Map.entry("rule-put", "rules:edit"),
            Map.entry("rule-delete", "rules:edit"),
            Map.entry("receiver-test", "alerts:test"));

    private static final String PROFILE = "security-profile";

    private Commands() {}

    /**
     * Makes them.
     *
     * @param zone of the times shown
     * @param consoleAddress where the console is served, such as {@code http://127.0.0.1:8470}
     */
    public static List<ShellCommand> all(Services services, InstantSource clock, ZoneId zone, String consoleAddress) {
        var guarded = new Guarded(services);
        List<ShellCommand> all = unguarded(services, clock, zone, consoleAddress).stream()
                .map(command -> {
                    String name = command.syntax().name();
                    return guarded.command(command, permission(name), CHANGES.containsKey(name));
                })
                .toList();
        return all.stream().map(command -> led(command, all)).toList();
    }

    /** With {@code set} as first word it is another command: with that one's permission, and recorded as that one. */
    private static ShellCommand led(ShellCommand command, List<ShellCommand> all) {
        return all.stream()
                .filter(other -> other.syntax().name().equals(PROFILE + "-set")
                        && command.syntax().name().equals(PROFILE))
                .findFirst()
                .map(setting -> new ShellCommand(
                        command.syntax(),
                        call -> call.words().stream().findFirst().equals(Optional.of("set"))
                                ? setting.run(
                                        call.words().subList(1, call.words().size()),
                                        call.screen(),
                                        call.keyboard(),
                                        call.who())
                                : command.body().run(call)))
                .orElse(command);
    }

    /** The names of all commands. */
    static List<String> names(Services services) {
        return unguarded(services, InstantSource.fixed(Instant.EPOCH), ZoneOffset.UTC, "").stream()
                .map(command -> command.syntax().name())
                .toList();
    }

    private static List<ShellCommand> unguarded(
            Services services, InstantSource clock, ZoneId zone, String consoleAddress) {
        var metrics = new MetricCommands(services, clock);
        return Stream.of(
                        new StatusCommands(services, clock, zone).all(),
                        new CollectorCommands(services, clock).all(),
                        metrics.all(),
                        new QueryCommands(services, clock, zone, metrics.names()).all(),
                        new TokenCommands(services, clock, zone).all(),
                        new UserCommands(services, zone, consoleAddress).all(),
                        new GroupCommands(services).all(),
                        new SshKeyCommands(services, zone).all(),
                        new SecondFactorCommands(services).all(),
                        new PasskeyCommands(services, zone).all(),
                        new SessionCommands(services, zone).all(),
                        new RoleCommands(services).all(),
                        new PluginCommands(services).all(),
                        new TrustCommands(services, zone).all(),
                        new AuditCommands(services, clock, zone).all(),
                        new AlertCommands(services, clock).all(),
                        new BackupCommands(services, zone).all(),
                        new SecretCommands(services, zone).all(),
                        new CertificateCommands(services, clock, zone).all(),
                        new PinCommands(services).all(),
                        new ProfileCommands(services).all(),
                        new DataClassCommands(services).all(),
                        new SilenceCommands(services, clock, zone).all(),
                        new RoutingCommands(services, zone).all(),
                        new InventoryCommands(services).all(),
                        new ChannelCommands(services).all(),
                        new RuleFileCommands(services).all(),
                        new RuleDeskCommands(services, clock, zone).all(),
                        new StoreCommands(services, zone).all(),
                        new VaultCommands(services, zone).all(),
                        List.of(
                                new StoreDeleteCommand(services, clock, zone, metrics.names()).command(),
                                new ImportCommand(services, zone).command()))
                .flatMap(List::stream)
                .toList();
    }

    /** What a command needs. */
    static Permission permission(String command) {
        return CommandPermissions.of(command, CHANGES);
    }

    /** Whether a command stands in the table of permissions. */
    static boolean isGuarded(String command) {
        return CommandPermissions.knows(command, CHANGES);
    }
}
