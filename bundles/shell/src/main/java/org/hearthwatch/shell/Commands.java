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
     */
    public static List<ShellCommand> all(Services services, InstantSource clock, ZoneId zone) {
        var metrics = new MetricCommands(services, clock);
        return Stream.of(
                        new StatusCommands(services, clock, zone).all(),
                        new CollectorCommands(services, clock).all(),
                        metrics.all(),
                        new QueryCommands(services, clock, zone, metrics.names()).all(),
                        new TokenCommands(services, clock, zone).all(),
                        new UserCommands(services, zone).all(),
                        new PluginCommands(services).all())
                .flatMap(List::stream)
                .toList();
    }
}
