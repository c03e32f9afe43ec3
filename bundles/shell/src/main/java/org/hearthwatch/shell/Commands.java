package org.hearthwatch.shell;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All commands of the scope {@code hw}. */
public final class Commands {

    /** The commands that change something, and the permission that does the same over HTTP. */
    private static final Map<String, String> CHANGES = Map.ofEntries(
            Map.entry("token-create", "tokens:manage"),
            Map.entry("token-revoke", "tokens:manage"),
            Map.entry("setup-link", "users:manage"),
            Map.entry("user-add", "users:manage"),
            Map.entry("user-remove", "users:manage"),
            Map.entry("user-password", "users:manage"),
            Map.entry("user-scope", "users:manage"),
            Map.entry("plugin-approve", "plugins:manage"),
            Map.entry("plugin-remove", "plugins:manage"),
            Map.entry("audit-export", "audit:export"),
            Map.entry("store-snapshot", "samples:copy"),
            Map.entry("store-delete", "samples:delete"),
            Map.entry("import", "samples:push"),
            Map.entry("alert-ack", "alerts:acknowledge"),
            Map.entry("silence-add", "alerts:silence"),
            Map.entry("silence-expire", "alerts:silence"),
            Map.entry("route-reload", "alerts:reload"),
            Map.entry("receiver-test", "alerts:test"));

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
                        new AuditCommands(services, clock, zone).all(),
                        new AlertCommands(services, clock).all(),
                        new SilenceCommands(services, clock, zone).all(),
                        new RoutingCommands(services, zone).all(),
                        new RuleDeskCommands(services, clock, zone).all(),
                        new StoreCommands(services, zone).all(),
                        List.of(
                                new StoreDeleteCommand(services, clock, zone, metrics.names()).command(),
                                new ImportCommand(services, zone).command()))
                .flatMap(List::stream)
                .map(command -> {
                    String action = CHANGES.get(command.syntax().name());
                    return action == null ? command : recorded.as(action, command);
                })
                .toList();
    }
}
