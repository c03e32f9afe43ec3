package org.hearthwatch.transport.egress;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Counter;

/** What the gate reports. Purposes nobody has agreed on count as {@code other}, so that their number is bounded. */
public final class EgressFigures implements Collector {

    private static final Set<String> PURPOSES =
            Set.of("notify", "remote-write", "remote-read", "scrape", "sign-in", "rotate", "model");

    private static final Counter ASKED = Counter.of(
            "hearthwatch_transport_egress_total",
            "Outgoing connections asked for, by purpose and answer",
            "purpose",
            "answer");
    private static final Counter DISTRUSTED = Counter.of(
            "hearthwatch_transport_untrusted_total", "TLS servers that were not trusted, by reason", "reason");

    private final Map<Asked, LongAdder> asked = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> distrusted = new ConcurrentHashMap<>();

    private record Asked(String purpose, boolean permitted) {}

    void asked(String purpose, boolean permitted) {
        String known = PURPOSES.contains(purpose) ? purpose : "other";
        asked.computeIfAbsent(new Asked(known, permitted), k -> new LongAdder()).increment();
    }

    void distrusted(String reason) {
        distrusted.computeIfAbsent(reason, k -> new LongAdder()).increment();
    }

    /** How often a connection was refused since the start. */
    public long refused() {
        return asked.entrySet().stream()
                .filter(entry -> !entry.getKey().permitted())
                .mapToLong(entry -> entry.getValue().sum())
                .sum();
    }

    @Override
    public void collect(SampleSink sink) {
        asked.forEach((key, count) ->
                sink.set(ASKED, (double) count.sum(), key.purpose(), key.permitted() ? "permitted" : "refused"));
        distrusted.forEach((reason, count) -> sink.set(DISTRUSTED, (double) count.sum(), reason));
    }
}
