package org.hearthwatch.plugin;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hearthwatch.api.audit.AuditEvent.Outcome;
import org.hearthwatch.api.plugin.Plugin;
import org.hearthwatch.api.plugin.Plugin.State;
import org.hearthwatch.plugin.FolderView.Content;
import org.hearthwatch.plugin.FolderView.Seen;
import org.hearthwatch.plugin.jar.PluginJar;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what became of each file, and speaks up when that changes. Not thread-safe, but for {@link #list}. */
final class PluginList {

    private static final Logger LOG = LoggerFactory.getLogger(PluginList.class);

    private final Admissions admissions;
    private final Workshop workshop;
    private final Journal journal;
    private final Tally tally;
    private final InstantSource clock;
    private final boolean safe;
    private final Map<String, Plugin> standing = new HashMap<>();
    private volatile List<Plugin> list = List.of();

    PluginList(
            Admissions admissions,
            Workshop workshop,
            Journal journal,
            Tally tally,
            InstantSource clock,
            boolean safe) {
        this.admissions = admissions;
        this.workshop = workshop;
        this.journal = journal;
        this.tally = tally;
        this.clock = clock;
        this.safe = safe;
    }

    List<Plugin> list() {
        return list;
    }

    void clear() {
        list = List.of();
    }

    void show(FolderView view) {
        List<Plugin> plugins = new ArrayList<>();
        Map<String, String> fileOf = new HashMap<>();
        for (Seen seen : view.files()) {
            plugins.add(describe(seen, Optional.ofNullable(fileOf.putIfAbsent(seen.sha256(), seen.name()))));
        }
        for (Running each : workshop.all()) {
            if (!fileOf.containsKey(each.sha256())) {
                plugins.add(plugin(
                        each.file(),
                        each.sha256(),
                        each.jar(),
                        State.RUNNING,
                        "Its file was replaced; this version runs until the new one does",
                        Optional.empty()));
            }
        }
        plugins.sort(Comparator.comparing(Plugin::file));
        Set<String> gone = new HashSet<>(standing.keySet());
        for (int i = 0; i < plugins.size(); i++) {
            Plugin plugin = plugins.get(i);
            String key = plugin.file() + '\n' + plugin.sha256();
            gone.remove(key);
            Plugin before = standing.get(key);
            if (before != null && before.state() == plugin.state()) {
                plugin = plugin.since(before.since());
                plugins.set(i, plugin);
            }
            if (before == null || before.state() != plugin.state() || !before.reason().equals(plugin.reason())) {
                announce(plugin);
            }
            standing.put(key, plugin);
        }
        standing.keySet().removeAll(gone);
        list = List.copyOf(plugins);
    }

    private Plugin describe(Seen seen, Optional<String> twin) {
        if (seen.content() instanceof Content.Unfit unfit) {
            return new Plugin(
                    seen.name(),
                    seen.sha256(),
                    seen.name(),
                    "",
                    "",
                    Optional.empty(),
                    State.REFUSED,
                    Optional.of(unfit.reason()),
                    clock.instant(),
                    List.of());
        }
        Content.Fit fit = (Content.Fit) seen.content();
        if (twin.isPresent()) {
            return plugin(
                    seen, fit, State.REFUSED, "It has the same bytes as " + twin.get() + "; delete one of them");
        }
        Optional<Running> current = workshop.find(fit.jar().symbolicName());
        if (current.filter(running -> running.sha256().equals(seen.sha256())).isPresent()) {
            return plugin(seen, fit, State.RUNNING, "");
        }
        Standing stands = admissions.of(seen, fit);
        if (stands instanceof Standing.LetIn
                || (current.isPresent() && admissions.letIn(seen.sha256()).isPresent())) {
            return letIn(seen, fit, current);
        }
        String reason = stands instanceof Standing.Barred barred ? barred.reason() : ((Standing.Waits) stands).reason();
        return plugin(
                seen,
                fit,
                State.QUARANTINED,
                reason
                        + current.map(running ->
                                        ". It would replace version " + running.jar().version())
                                .orElse(""));
    }

    private Plugin letIn(Seen seen, Content.Fit fit, Optional<Running> current) {
        Optional<String> failure = workshop.failure(seen.sha256());
        if (failure.isPresent()) {
            String still = current.map(running -> ". Version " + running.jar().version() + " runs instead")
                    .orElse("");
            return plugin(seen, fit, State.FAILED, failure.get() + still);
        }
        if (safe) {
            return plugin(seen, fit, State.SAFE_MODE, "The appliance was started without plugins (--safe)");
        }
        return plugin(
                seen,
                fit,
                State.FAILED,
                current.map(running -> "It gave way to " + running.file() + "; this file can be deleted")
                        .orElse("It has not started"));
    }

    private Plugin plugin(Seen seen, Content.Fit fit, State state, String reason) {
        return plugin(seen.name(), seen.sha256(), fit.jar(), state, reason, admissions.signer(seen));
    }

    private Plugin plugin(
            String file, String sha256, PluginJar jar, State state, String reason, Optional<String> signer) {
        return new Plugin(
                file,
                sha256,
                jar.name(),
                jar.symbolicName(),
                jar.version(),
                jar.vendor(),
                state,
                reason.isEmpty() ? Optional.empty() : Optional.of(reason),
                clock.instant(),
                jar.asksFor(),
                jar.needs().list(),
                signer);
    }

    private void announce(Plugin plugin) {
        String reason = plugin.reason().orElse("");
        if (plugin.state() == State.QUARANTINED) {
            tally.quarantined();
            journal.tell("plugin:quarantine", plugin.file() + " " + plugin.sha256(), Outcome.REFUSED, reason);
            LOG.warn(
                    "The plugin {} ({} {}, {}) is in quarantine. {}. It needs {}; it asks {}",
                    plugin.file(),
                    plugin.name(),
                    plugin.version(),
                    plugin.sha256(),
                    reason,
                    plugin.needs().isEmpty() ? "nothing it declares" : String.join(", ", plugin.needs()),
                    plugin.asksFor().isEmpty() ? "for nothing special" : String.join("; ", plugin.asksFor()));
        } else if (plugin.state() == State.REFUSED) {
            tally.quarantined();
            journal.tell("plugin:refuse", plugin.file() + " " + plugin.sha256(), Outcome.REFUSED, reason);
            LOG.warn("{} in the plugin folder is refused. {}", plugin.file(), reason);
        }
    }
}
