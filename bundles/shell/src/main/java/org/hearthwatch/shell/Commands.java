package org.hearthwatch.shell;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All commands of the scope {@code hw}. */
public final class Commands {

    /** The commands that change something, and the permission that does the same over HTTP. */
    private static final Map<String, String> CHANGES = Map.of(
            "token-create", "tokens:manage",
            "token-revoke", "tokens:manage",
            "setup-link", "users:manage",
            "user-add", "users:manage",
            "user-remove", "users:manage",
            "user-password", "users:manage",
            "user-scope", "users:manage",
            "plugin-approve", "plugins:manage",
            "plugin-remove", "plugins:manage",
            "audit-export", "audit:export");

    private Commands() {}

    /**
     * Makes them.
     *
     * @param zone of the times shown
     * @param consoleAddress where the console is served, such as {@code http://127.0.0.1:8470}
     */
    public static List<ShellCommand> all(Services services, InstantSource clock, ZoneId zone, String consoleAddress) {
        var metrics = new MetricCommands(services, clock);
        var recorded = new Recorded(services);
        return Stream.of(
                        new StatusCommands(services, clock, zone).all(),
                        new CollectorCommands(services, clock).all(),
                        metrics.all(),
                        new QueryCommands(services, clock, zone, metrics.names()).all(),
                        new TokenCommands(services, clock, zone).all(),
                        new UserCommands(services, zone, consoleAddress).all(),
                        new PluginCommands(services).all(),
                        new AuditCommands(services, clock, zone).all())
                .flatMap(List::stream)
                .map(command -> {
                    String action = CHANGES.get(command.syntax().name());
                    return action == null ? command : recorded.as(action, command);
                })
                .toList();
    }
}
