package org.hearthwatch.transport.profile;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.hearthwatch.api.security.Promise;
import org.hearthwatch.api.security.Promise.State;
import org.hearthwatch.api.security.PromiseBook;
import org.hearthwatch.api.security.Promises;

/**
 * The appliance's promises, each held by certain bundles: ON while they run, DEGRADED while some of them do, OFF without.
 * Where more is to be said than who is there, an {@link Answer} says it.
 */
public final class PromiseTable implements PromiseBook {

    private static final List<Row> ROWS = List.of(
            row("A1", "Host metrics", "collector.host", "", "query 'node_load1'"),
            row("A2", "Prometheus in both directions", "prometheus,query,store", "collector.prometheus", "query 'up'"),
            row("A3", "Pictures", "console,query", "", "open the console"),
            row("A4", "Autonomous watching", "alert,query", "notifier.mail,notifier.webhook", "alert-list"),
            row("A5", "A crew of agents", "agent", "model.ollama", "ask"),
            row("A6", "Isolation", "plugin", "", "plugin-list"),
            row("A7", "Network control", "http,transport", "", "tls-status"),
            row("A8", "Secrets management", "secret", "", "vault-status"),
            row("A9", "Updates", "update", "", "update-check"),
            row("A10", "Sign-in", "access,http", "", "user-list"),
            row("A11", "Data stays inside", "transport", "", "security-profile show"),
            row("B1", "Proxmox VE and Backup Server", "collector.proxmox", "", "collector-list"),
            row("B2", "Ask in plain words", "agent", "", "ask"),
            row("B3", "Local models", "model.ollama", "", "ask"),
            row("B4", "Credentials", "secret", "", "vault-status"),
            row("B5", "Transport", "transport,http", "", "tls-status"),
            row("B6", "Access", "access", "", "user-list"),
            row("B7", "Audit", "audit", "", "audit-verify"),
            row("B8", "Protected caches and memory", "secret", "", "vault-status"),
            row("B9", "Security profiles", "transport", "", "security-profile show"),
            row("B10", "Firewall and VPN", "firewall", "", "firewall-show"),
            row("B11", "Backups", "backup", "", "backup-verify"),
            row("B12", "Security monitoring", "monitor", "", "security-events"),
            row("B13", "Compliance", "compliance", "", "compliance"),
            row("B14", "Incident response, forensics, threat hunting", "incident", "", "incident-list"),
            row("B15", "Supply chain", "plugin", "update", "plugin-list"),
            row("C1", "Karaf shell", "shell", "", "help"),
            row("C2", "Plugins", "plugin", "", "plugin-list"),
            row("C3", "Web console", "console,http", "", "open the console"),
            row("C4", "Prometheus scrape", "prometheus,http", "", "curl the address of the console with /metrics"),
            row("C5", "Config Admin", "api", "", "config:list '(service.pid=org.hearthwatch.*)'"),
            row("C6", "Named parts", "http,prometheus,transport", "notifier.mail", "bundle:list"),
            row("C7", "Past one machine", "prometheus", "", "status"),
            row("C8", "Installation", "api", "", "status"));

    private final Predicate<String> runs;
    private final Map<String, Supplier<Answer>> closer;
    private final Supplier<Collection<Promises>> others;

    private record Row(String id, String title, List<String> needs, List<String> better, String proof) {}

    /** How a promise stands, from somebody who has looked closer. */
    public record Answer(State state, String why) {}

    /**
     * @param runs whether a bundle is active, by its symbolic name without {@code org.hearthwatch.}
     * @param closer by promise, what is to be said once its bundles are there
     * @param others who else answers, and is heard first
     */
    public PromiseTable(
            Predicate<String> runs, Map<String, Supplier<Answer>> closer, Supplier<Collection<Promises>> others) {
        this.runs = runs;
        this.closer = Map.copyOf(closer);
        this.others = others;
    }

    private static Row row(String id, String title, String needs, String better, String proof) {
        return new Row(id, title, words(needs), words(better), proof);
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(",", -1));
    }

    @Override
    public List<Promise> all() {
        Map<String, Promise> promises = new LinkedHashMap<>();
        for (Row row : ROWS) {
            Answer answer = answer(row);
            promises.put(row.id(), new Promise(row.id(), row.title(), answer.state(), answer.why(), row.proof()));
        }
        for (Promises other : others.get()) {
            other.promises().forEach(promise -> promises.put(promise.id(), promise));
        }
        return List.copyOf(promises.values());
    }

    private Answer answer(Row row) {
        Optional<String> missing = missing(row.needs());
        if (missing.isPresent()) {
            boolean some = row.needs().stream().anyMatch(runs);
            return new Answer(some ? State.DEGRADED : State.OFF, missing.get());
        }
        Answer closest = Optional.ofNullable(closer.get(row.id()))
                .map(Supplier::get)
                .orElseGet(() -> new Answer(State.ON, "running: " + String.join(", ", row.needs())));
        Optional<String> lacking = missing(row.better());
        return closest.state() == State.ON && lacking.isPresent() ? new Answer(State.DEGRADED, lacking.get()) : closest;
    }

    private Optional<String> missing(List<String> bundles) {
        List<String> absent = bundles.stream().filter(runs.negate()).toList();
        return absent.isEmpty() ? Optional.empty() : Optional.of("not running: " + String.join(", ", absent));
    }
}
