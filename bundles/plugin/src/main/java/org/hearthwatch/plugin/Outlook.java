package org.hearthwatch.plugin;

import java.util.ArrayList;
import java.util.List;
import org.hearthwatch.api.health.Finding;
import org.hearthwatch.api.health.Finding.Severity;
import org.hearthwatch.api.health.Notices;
import org.hearthwatch.api.plugin.Plugin;
import org.hearthwatch.api.plugin.Plugins;
import org.hearthwatch.api.plugin.TrustStore;
import org.hearthwatch.api.security.Promise;
import org.hearthwatch.api.security.Promises;

/** What is to be said of plugins at a glance. Thread-safe. */
public final class Outlook implements Notices, Promises {

    private final Plugins plugins;
    private final TrustStore trust;
    private final boolean safe;

    public Outlook(Plugins plugins, TrustStore trust, boolean safe) {
        this.plugins = plugins;
        this.trust = trust;
        this.safe = safe;
    }

    @Override
    public List<Finding> notices() {
        List<Finding> findings = new ArrayList<>();
        if (safe) {
            findings.add(new Finding(
                    Severity.WARNING,
                    "safe mode",
                    "SAFE MODE: the appliance was started without plugins and external collectors",
                    "Mend or remove what made it necessary (hw:plugin-list), then stop it and start it without --safe"));
        }
        for (String problem : trust.problems()) {
            findings.add(new Finding(Severity.WARNING, "etc/trust", problem, "Mend the file; it is read again at once"));
        }
        long failed = count(Plugin.State.FAILED);
        if (failed > 0) {
            findings.add(new Finding(
                    Severity.WARNING, "plugins", failed + " of them failed", "hw:plugin-list says which, and why"));
        }
        long waiting = count(Plugin.State.QUARANTINED) + count(Plugin.State.REFUSED);
        if (waiting > 0) {
            findings.add(new Finding(
                    Severity.INFO,
                    "plugins",
                    waiting + " files in the plugin folder are in quarantine or refused",
                    "hw:plugin-list says which, why, and what they need"));
        }
        return findings;
    }

    private long count(Plugin.State state) {
        return plugins.list().stream().filter(plugin -> plugin.state() == state).count();
    }

    @Override
    public List<Promise> promises() {
        if (safe) {
            return List.of(promise(Promise.State.OFF, "started in safe mode, without plugins"));
        }
        List<String> problems = trust.problems();
        if (!problems.isEmpty()) {
            return List.of(promise(Promise.State.DEGRADED, problems.get(0)));
        }
        return List.of(promise(
                Promise.State.ON,
                "whole files signed with Ed25519 and ML-DSA-65 or approved one by one; keys trusted: "
                        + trust.keys().size() + "; in one process, so no sandbox"));
    }

    private static Promise promise(Promise.State state, String why) {
        return new Promise("C2", "Plugins", state, why, "plugin-list");
    }
}
