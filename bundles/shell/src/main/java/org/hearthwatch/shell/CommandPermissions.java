package org.hearthwatch.shell;

import java.util.Map;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.access.Scope;

/** Which permission each command needs: the one that does the same over HTTP, where there is such a thing. */
final class CommandPermissions {

    /** The commands that only look, of whichever bundles are installed. */
    private static final Map<String, String> READS = Map.ofEntries(
            Map.entry("status", "read:appliance"),
            Map.entry("doctor", "read:appliance"),
            Map.entry("collector-list", "read:collectors"),
            Map.entry("collector-run", "run:collectors"),
            Map.entry("metric-list", "read:metrics"),
            Map.entry("query", "read:metrics"),
            Map.entry("rule-list", "read:alerts"),
            Map.entry("alert-list", "read:alerts"),
            Map.entry("route-test", "read:alerts"),
            Map.entry("receiver-list", "read:alerts"),
            Map.entry("channel-list", "manage:channels"),
            Map.entry("notification-log", "read:alerts"),
            Map.entry("silence-list", "read:alerts"),
            Map.entry("inventory-list", "read:alerts"),
            Map.entry("inventory-show", "read:alerts"),
            Map.entry("rule-check", "read:rules"),
            Map.entry("rule-history", "read:rules"),
            Map.entry("rule-backtest", "read:rules"),
            Map.entry("tls-status", "read:certificates"),
            Map.entry("tls-ca-export", "read:certificates"),
            Map.entry("security-profile", "read:profile"),
            Map.entry("promises", "read:promises"),
            Map.entry("data-classes", "read:promises"),
            Map.entry("config-list", "read:settings"),
            Map.entry("backup-list", "read:backups"),
            Map.entry("backup-verify", "verify:backups"),
            Map.entry("secret-list", "read:secrets"),
            Map.entry("secret-history", "read:secrets"),
            Map.entry("vault-status", "read:vault"),
            Map.entry("vault-slot-list", "read:vault"),
            Map.entry("store-status", "read:store"),
            Map.entry("store-check", "read:store"),
            Map.entry("store-cardinality", "read:store"),
            Map.entry("plugin-list", "read:plugins"),
            Map.entry("plugin-trust-list", "read:plugins"),
            Map.entry("audit-show", "read:audit"),
            Map.entry("audit-verify", "verify:audit"),
            Map.entry("audit-checkpoint", "verify:audit"),
            Map.entry("token-list", "manage:tokens"),
            Map.entry("user-list", "manage:users"),
            Map.entry("group-list", "manage:groups"),
            Map.entry("ssh-key-list", "manage:users"),
            Map.entry("mfa-status", "manage:users"),
            Map.entry("pin-list", "read:pins"),
            Map.entry("passkey-list", "manage:users"),
            Map.entry("session-list", "manage:sessions"),
            Map.entry("role-list", "read:roles"),
            Map.entry("permission-list", "read:roles"));

    private CommandPermissions() {}

    /**
     * The permission of a command; of one that nobody named any for, one that administrators alone have.
     *
     * @param changes the commands that change something
     */
    static Permission of(String command, Map<String, String> changes) {
        String name = changes.getOrDefault(command, READS.get(command));
        return name == null ? Permission.admin("run:" + command) : named(name);
    }

    /** Whether somebody named a permission for a command. */
    static boolean knows(String command, Map<String, String> changes) {
        return changes.containsKey(command) || READS.containsKey(command);
    }

    /** What a verb takes. */
    private static Permission named(String name) {
        Permission asRead = Permission.read(name);
        return switch (asRead.verb()) {
            case "read" -> asRead;
            case "write", "edit", "run", "ask", "acknowledge", "silence" -> Permission.write(name);
            case "push", "send" -> new Permission(name, Scope.PUSH);
            default -> Permission.admin(name);
        };
    }
}
