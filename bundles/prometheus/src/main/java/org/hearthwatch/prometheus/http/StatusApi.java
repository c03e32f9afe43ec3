package org.hearthwatch.prometheus.http;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.hearthwatch.api.collect.CollectorStatus;
import org.hearthwatch.api.collect.Collectors;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.api.health.Vitals;
import org.hearthwatch.api.store.Cardinality;
import org.hearthwatch.api.store.StoreAdmin;
import org.hearthwatch.api.store.StoreLayout;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.prometheus.http.json.JsonOut;

/** {@code /status/...} and {@code /notifications}: the appliance in the terms of a Prometheus server. */
final class StatusApi {

    private static final int USUAL_TOP = 10;
    private static final int MOST_TOP = 10_000;

    private final Services services;
    private final BuildInfo build;
    private final InstantSource clock;
    private final Supplier<ApiSettings> settings;
    private final Instant since;

    StatusApi(Services services, BuildInfo build, InstantSource clock, Supplier<ApiSettings> settings) {
        this.services = services;
        this.build = build;
        this.clock = clock;
        this.settings = settings;
        this.since = clock.instant();
    }

    void buildInfo(Exchange exchange) throws IOException {
        Answer.success(exchange, build::write);
    }

    void runtimeInfo(Exchange exchange) throws IOException {
        Optional<Vitals> vitals = services.appliance().get().map(each -> each.vitals());
        Runtime runtime = Runtime.getRuntime();
        Answer.success(exchange, json -> {
            json.object().key("startTime");
            json.string(vitals.map(Vitals::started).orElse(since).toString());
            json.key("CWD").string("");
            json.key("hostname").string(vitals.map(Vitals::hostName).orElse(""));
            json.key("serverTime").string(clock.instant().toString());
            json.key("reloadConfigSuccess").bool(true);
            json.key("lastConfigTime")
                    .string(since.truncatedTo(ChronoUnit.SECONDS).toString());
            json.key("corruptionCount");
            json.number(services.admin()
                    .get()
                    .map(each -> each.layout().problems().size())
                    .orElse(0));
            json.key("goroutineCount").number(Thread.activeCount());
            json.key("GOMAXPROCS").number(runtime.availableProcessors());
            json.key("GOMEMLIMIT").number(runtime.maxMemory());
            json.key("GOGC")
                    .string("")
                    .key("GODEBUG")
                    .string("")
                    .key("storageRetention")
                    .string("");
            json.endObject();
        });
    }

    /** What of the configuration a Prometheus configuration has words for. */
    void config(Exchange exchange) throws IOException {
        var yaml = new StringBuilder("global:\n  scrape_interval: 15s\n  scrape_timeout: 10s\n");
        var labels = settings.get().externalLabels();
        if (!labels.isEmpty()) {
            yaml.append("  external_labels:\n");
            labels.forEach((name, value) -> yaml.append("    ")
                    .append(name)
                    .append(": ")
                    .append(GoText.quoted(value))
                    .append('\n'));
        }
        var jobs = new TreeMap<String, CollectorStatus>();
        services.collectors().get().map(Collectors::list).orElse(List.of()).stream()
                .forEach(collector -> jobs.putIfAbsent(collector.job(), collector));
        if (!jobs.isEmpty()) {
            yaml.append("scrape_configs:\n");
            jobs.forEach((job, collector) -> yaml.append("- job_name: ")
                    .append(GoText.quoted(job))
                    .append("\n  scrape_interval: ")
                    .append(HumanDuration.format(collector.interval()))
                    .append("\n  scrape_timeout: ")
                    .append(HumanDuration.format(collector.timeout()))
                    .append('\n'));
        }
        Answer.success(
                exchange,
                json -> json.object().key("yaml").string(yaml.toString()).endObject());
    }

    /** Those flags of a Prometheus that have a counterpart here. */
    void flags(Exchange exchange) throws IOException {
        Map<String, String> flags = new TreeMap<>(Map.of(
                "query.lookback-delta", "5m",
                "storage.tsdb.max-block-duration", "31d",
                "storage.tsdb.min-block-duration", "2h",
                "web.cors.origin", ".*",
                "web.enable-admin-api", Boolean.toString(settings.get().adminApi()),
                "web.enable-lifecycle", "false",
                "web.enable-remote-write-receiver", "true"));
        Answer.success(exchange, json -> Values.texts(json, flags));
    }

    void tsdb(Exchange exchange) throws IOException, ApiProblem {
        int top = top(new Parameters(exchange));
        StoreAdmin admin = admin();
        Cardinality cardinality = admin.cardinality(top);
        long chunks = admin.layout().head().chunks();
        Answer.success(exchange, json -> {
            json.object().key("headStats").object();
            json.key("numSeries").number(cardinality.series());
            json.key("numLabelPairs").number(cardinality.labelPairs());
            json.key("chunkCount").number(chunks);
            json.key("minTime").number(cardinality.oldest());
            json.key("maxTime").number(cardinality.newest()).endObject();
            counts(json, "seriesCountByMetricName", cardinality.seriesByMetric(), top);
            counts(json, "labelValueCountByLabelName", cardinality.valuesByLabel(), top);
            counts(json, "memoryInBytesByLabelName", cardinality.bytesByLabel(), top);
            counts(json, "seriesCountByLabelValuePair", cardinality.seriesByPair(), top);
            json.endObject();
        });
    }

    /** As Prometheus from 3.6 on. */
    void blocks(Exchange exchange) throws IOException, ApiProblem {
        List<StoreLayout.Block> blocks = admin().layout().blocks();
        Answer.success(exchange, json -> {
            json.object().key("blocks").array();
            for (StoreLayout.Block block : blocks) {
                json.object().key("ulid").string(block.name());
                json.key("minTime").number(block.from().toEpochMilli());
                json.key("maxTime").number(block.to().toEpochMilli());
                json.key("stats").object().key("numSamples").number(block.samples());
                json.key("numSeries").number(block.series());
                json.key("numBytes").number(block.bytes()).endObject();
                json.key("compaction").object().key("level").number(block.level() + 1L);
                json.key("resolution").number(resolution(block)).endObject();
                json.key("version").number(1).endObject();
            }
            json.endArray().endObject();
        });
    }

    /** The log is read before there is anything to answer with: it always is. */
    void walReplay(Exchange exchange) throws IOException {
        Answer.success(
                exchange,
                json -> json.object()
                        .key("min")
                        .number(0)
                        .key("max")
                        .number(0)
                        .key("current")
                        .number(0)
                        .endObject());
    }

    /** Notifications are the console's business. */
    void notifications(Exchange exchange) throws IOException {
        Answer.success(exchange, json -> Answer.array(json, List.of()));
    }

    void notificationsLive(Exchange exchange) throws IOException, HttpProblem {
        exchange.events();
    }

    private static long resolution(StoreLayout.Block block) {
        Duration width = block.resolution();
        return width.toMillis();
    }

    private StoreAdmin admin() throws ApiProblem {
        return services.admin().get().orElseThrow(() -> ApiProblem.unavailable("TSDB not ready"));
    }

    private static int top(Parameters parameters) throws ApiProblem {
        Optional<String> limit = parameters.text("limit");
        if (limit.isEmpty()) {
            return USUAL_TOP;
        }
        try {
            long top = GoText.whole("Atoi", limit.get());
            if (top >= 1) {
                return (int) Math.min(top, MOST_TOP);
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        throw ApiProblem.badData("limit must be a positive number");
    }

    private static void counts(JsonOut json, String field, List<Cardinality.Count> counts, int top) throws IOException {
        json.key(field).array();
        for (Cardinality.Count count : counts.subList(0, Math.min(top, counts.size()))) {
            json.object().key("name").string(count.name());
            json.key("value").number(count.value()).endObject();
        }
        json.endArray();
    }
}
