package org.hearthwatch.collector.external;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.secret.SecretRef;

/**
 * A program and how it is run.
 *
 * @param name of the collector
 * @param command the program's absolute path and its arguments
 * @param timeout when it is killed with all it began
 * @param memoryBytes how much it may take
 * @param maxOutput how many bytes it may print
 * @param maxSamples how many samples it may report
 * @param user whose rights it gets; empty for {@code nobody} where the appliance is root, else for the appliance's own
 * @param network whether it may use the network
 * @param labels that every sample gets
 * @param environment what it finds in its environment besides a few variables every program gets
 * @param secrets by name, where each is
 * @param secretsByInput whether the secrets are lines {@code NAME=value} on its standard input; else they are in its
 *     environment
 * @param isolation the only one that will do; empty for the best there is
 */
public record Program(
        String name,
        List<String> command,
        Duration timeout,
        long memoryBytes,
        int maxOutput,
        int maxSamples,
        Optional<String> user,
        boolean network,
        Map<String, String> labels,
        Map<String, String> environment,
        Map<String, SecretRef> secrets,
        boolean secretsByInput,
        Optional<Isolation> isolation) {

    public Program {
        command = List.copyOf(command);
        labels = Map.copyOf(labels);
        environment = Map.copyOf(environment);
        secrets = Map.copyOf(secrets);
    }
}
