package org.hearthwatch.secret;

import java.time.Duration;
import java.time.InstantSource;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Counter;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.api.secret.Vault;

/** What this bundle reports about itself. */
public final class SecretFigures implements Collector {

    private static final Gauge STATE =
            Gauge.of("hearthwatch_secret_vault_state", "1 for the state the vault is in", "state");
    private static final Gauge GENERATION =
            Gauge.of("hearthwatch_secret_vault_generation", "How often the vault was written; only while unsealed");
    private static final Gauge SLOTS = Gauge.of("hearthwatch_secret_vault_slots", "Ways into the vault; at most 32");
    private static final Gauge SECRETS =
            Gauge.of("hearthwatch_secret_vault_secrets", "Secrets in the vault; only while unsealed");
    private static final Gauge KEY_AGE =
            Gauge.of("hearthwatch_secret_vault_keys_age_seconds", "Age of the vault's keys; only while unsealed");
    private static final Counter OPENED = Counter.of(
            "hearthwatch_secret_opens_total",
            "References to secrets that were opened, by source and result",
            "source",
            "result");

    private final Vault vault;
    private final SecretSources sources;
    private final InstantSource clock;

    public SecretFigures(Vault vault, SecretSources sources, InstantSource clock) {
        this.vault = vault;
        this.sources = sources;
        this.clock = clock;
    }

    @Override
    public void collect(SampleSink sink) {
        Vault.Status status = vault.status();
        for (Vault.State state : Vault.State.values()) {
            sink.set(STATE, status.state() == state ? 1.0 : 0.0, state.word());
        }
        sink.set(SLOTS, (double) status.slots());
        if (status.state() == Vault.State.UNSEALED) {
            sink.set(SECRETS, (double) status.secrets());
            status.generation().ifPresent(generation -> sink.set(GENERATION, (double) generation));
            status.keysSince()
                    .ifPresent(since -> sink.set(KEY_AGE, (double)
                            Duration.between(since, clock.instant()).toSeconds()));
        }
        sources.opened.forEach((source, count) -> sink.set(OPENED, (double) count.sum(), source, "opened"));
        sources.failed.forEach((source, count) -> sink.set(OPENED, (double) count.sum(), source, "failed"));
    }
}
