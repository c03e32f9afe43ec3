package org.hearthwatch.collector.external;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.secret.SecretRef;

/** Programs for tests, with the defaults of the settings. */
final class Programs {

    private final List<String> command = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Map<String, SecretRef> secrets = new LinkedHashMap<>();
    private Duration timeout = Duration.ofSeconds(10);
    private long memory = 256 << 20;
    private int maxOutput = 1 << 20;
    private int maxSamples = 5000;
    private boolean network;
    private boolean byInput = true;
    private Map<String, String> labels = Map.of();
    private Optional<String> user = Optional.empty();
    private Optional<Isolation> isolation = Optional.empty();

    Programs(String file) {
        command.add(file);
    }

    Programs arguments(String... words) {
        command.addAll(List.of(words));
        return this;
    }

    Programs environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Programs secret(String name, String reference) {
        secrets.put(name, SecretRef.parse(reference));
        return this;
    }

    Programs byInput(boolean so) {
        byInput = so;
        return this;
    }

    Programs timeout(Duration limit) {
        timeout = limit;
        return this;
    }

    Programs memory(long bytes) {
        memory = bytes;
        return this;
    }

    Programs maxOutput(int bytes) {
        maxOutput = bytes;
        return this;
    }

    Programs maxSamples(int samples) {
        maxSamples = samples;
        return this;
    }

    Programs network(boolean so) {
        network = so;
        return this;
    }

    Programs labels(Map<String, String> more) {
        labels = more;
        return this;
    }

    Programs user(String name) {
        user = Optional.of(name);
        return this;
    }

    Programs isolation(Isolation only) {
        isolation = Optional.of(only);
        return this;
    }

    Program make() {
        return new Program(
                "external-test",
                command,
                timeout,
                memory,
                maxOutput,
                maxSamples,
                user,
                network,
                labels,
                environment,
                secrets,
                byInput,
                isolation);
    }
}
