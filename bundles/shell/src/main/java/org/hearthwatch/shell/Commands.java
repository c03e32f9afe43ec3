package org.hearthwatch.shell;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

/** All commands of the scope {@code hw}. */
public final class Commands {

    private Commands() {}

    /**
     * Makes them.
     *
     * @param zone of the times shown
     * @param consoleAddress where the console is served, such as {@code http://127.0.0.1:8470}
     */
    public static List<ShellCommand> all(Services services, InstantSource clock, ZoneId zone, String consoleAddress) {
        var metrics = new MetricCommands(services, clock);
        return Stream.of(
                        new StatusCommands(services, clock, zone).all(),
                        new CollectorCommands(services, clock).all(),
                        metrics.all(),
                        new QueryCommands(services, clock, zone, metrics.names()).all(),
                        new TokenCommands(services, clock, zone).all(),
                        new UserCommands(services, zone, consoleAddress).all(),
                        new PluginCommands(services).all(),
                        new StoreCommands(services, zone).all(),
                        List.of(
                                new StoreDeleteCommand(services, clock, zone, metrics.names()).command(),
                                new ImportCommand(services, zone).command()))
                .flatMap(List::stream)
                .toList();
    }
}
