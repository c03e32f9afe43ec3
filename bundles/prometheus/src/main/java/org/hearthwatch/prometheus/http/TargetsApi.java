package org.hearthwatch.prometheus.http;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.hearthwatch.api.collect.CollectorStatus;
import org.hearthwatch.api.collect.Collectors;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.MetricMetadata;
import org.hearthwatch.api.metric.MetricType;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.store.SeriesReader;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.prometheus.http.json.JsonOut;

/**
 * {@code /targets}, {@code /targets/metadata} and {@code /scrape_pools}: the collectors at work, as if each were a target of
 * the scrape pool that bears its job's name. Nothing is ever dropped.
 */
final class TargetsApi {

    private static final String JOB = "job";
    private static final String INSTANCE = "instance";

    /** What Go has for a time that never was. */
    private static final String NEVER = "0001-01-01T00:00:00Z";

    private static final long LOOK_BACK_MILLIS = 300_000;
    private static final List<String> PARTS = List.of("_bucket", "_sum", "_count");

    private final Supplier<Optional<Collectors>> collectors;
    private final SeriesReader store;
    private final InstantSource clock;

    TargetsApi(Supplier<Optional<Collectors>> collectors, SeriesReader store, InstantSource clock) {
        this.collectors = collectors;
        this.store = store;
        this.clock = clock;
    }

    void targets(Exchange exchange) throws IOException {
        var parameters = new Parameters(exchange);
        String state = parameters.text("state").orElse("any");
        String pool = parameters.text("scrapePool").orElse("");
        boolean active = state.equals("any") || state.equals("active");
        boolean dropped = state.equals("any") || state.equals("dropped");
        String instance = instance();
        Answer.success(exchange, json -> {
            json.object().key("activeTargets").array();
            if (active) {
                for (CollectorStatus collector : list()) {
                    if (pool.isEmpty() || pool.equals(collector.job())) {
                        target(json, collector, instance);
                    }
                }
            }
            json.endArray().key("droppedTargets").array().endArray();
            json.key("droppedTargetCounts");
            if (dropped) {
                json.object();
                for (String job : pools()) {
                    json.key(job).number(0);
                }
                json.endObject();
            } else {
                json.nothing();
            }
            json.endObject();
        });
    }

    void pools(Exchange exchange) throws IOException {
        Answer.success(exchange, json -> {
            Answer.array(json.object().key("scrapePools"), pools());
            json.endObject();
        });
    }

    void metadata(Exchange exchange) throws IOException, ApiProblem {
        var parameters = new Parameters(exchange);
        long limit = parameters.count("limit").orElse(-1L);
        String selector = parameters.text("match_target").orElse("");
        Predicate<Labels> wanted = selector.isEmpty()
                ? labels -> true
                : Matching.of(Selectors.parse(List.of(selector), message -> ApiProblem.invalid("match_target", message))
                        .get(0));
        String metric = parameters.text("metric").orElse("");
        var shown = new ArrayList<Described>();
        for (Labels target : targets()) {
            if (limit >= 0 && shown.size() >= limit) {
                break;
            }
            if (wanted.test(target)) {
                families(target, metric).forEach(family -> shown.add(new Described(target, family)));
            }
        }
        Answer.success(exchange, json -> {
            json.array();
            for (Described each : shown) {
                json.object().key("target");
                Values.labels(json, each.target());
                if (metric.isEmpty()) {
                    json.key("metric").string(each.family().name());
                }
                json.key("type").string(each.family().type().word());
                json.key("help").string(each.family().help());
                json.key("unit").string(each.family().unit()).endObject();
            }
            json.endArray();
        });
    }

    private record Described(Labels target, MetricMetadata family) {}

    private static void target(JsonOut json, CollectorStatus collector, String instance) throws IOException {
        String interval = HumanDuration.format(collector.interval());
        String timeout = HumanDuration.format(collector.timeout());
        String address = "collector://" + instance + "/" + collector.name();
        json.object().key("discoveredLabels").object();
        json.key("__address__").string(instance);
        json.key("__meta_hearthwatch_bundle").string(collector.bundle());
        json.key("__meta_hearthwatch_collector").string(collector.name());
        json.key("__metrics_path__").string("/" + collector.name());
        json.key("__scheme__").string("collector");
        json.key("__scrape_interval__").string(interval);
        json.key("__scrape_timeout__").string(timeout);
        json.key(JOB).string(collector.job()).endObject();
        json.key("labels").object();
        json.key(INSTANCE).string(instance).key(JOB).string(collector.job()).endObject();
        json.key("scrapePool").string(collector.job());
        json.key("scrapeUrl").string(address).key("globalUrl").string(address);
        json.key("lastError").string(collector.lastError().orElse(""));
        json.key("lastScrape").string(collector.lastRun().map(Instant::toString).orElse(NEVER));
        json.key("lastScrapeDuration");
        if (collector.lastDuration().isPresent()) {
            json.seconds(collector.lastDuration().get());
        } else {
            json.number(0);
        }
        json.key("health")
                .string(
                        switch (collector.state()) {
                            case STARTING -> "unknown";
                            case OK -> "up";
                            case FAILING, BACKING_OFF, STUCK -> "down";
                        });
        json.key("scrapeInterval").string(interval);
        json.key("scrapeTimeout").string(timeout).endObject();
    }

    private String instance() {
        return collectors.get().map(Collectors::instance).orElse("");
    }

    /** By pool, and within by name. */
    private List<CollectorStatus> list() {
        return collectors.get().map(Collectors::list).orElse(List.of()).stream()
                .sorted(Comparator.comparing(CollectorStatus::job).thenComparing(CollectorStatus::name))
                .toList();
    }

    private SortedSet<String> pools() {
        var pools = new TreeSet<String>();
        list().forEach(collector -> pools.add(collector.job()));
        return pools;
    }

    /** What tells targets apart in the store: collectors of one job look the same there. */
    private Set<Labels> targets() {
        String instance = instance();
        var targets = new LinkedHashSet<Labels>();
        list().forEach(collector -> targets.add(Labels.of(INSTANCE, instance, JOB, collector.job())));
        return targets;
    }

    /** The families a target has series of now. */
    private List<MetricMetadata> families(Labels target, String metric) {
        long now = clock.millis();
        List<Matcher> matchers =
                List.of(Matcher.equal(JOB, target.get(JOB)), Matcher.equal(INSTANCE, target.get(INSTANCE)));
        var names = new HashSet<>(store.labelValues(Labels.NAME, matchers, now - LOOK_BACK_MILLIS, now));
        return store.metadata().stream()
                .filter(family -> metric.isEmpty() || family.name().equals(metric))
                .filter(family -> names.contains(family.name())
                        || (hasParts(family.type())
                                && PARTS.stream().anyMatch(part -> names.contains(family.name() + part))))
                .sorted(Comparator.comparing(MetricMetadata::name))
                .toList();
    }

    private static boolean hasParts(MetricType type) {
        return type == MetricType.HISTOGRAM || type == MetricType.SUMMARY || type == MetricType.GAUGEHISTOGRAM;
    }
}
