package org.hearthwatch.prometheus.osgi;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.alert.RuleMonitor;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.CollectorName;
import org.hearthwatch.api.collect.Collectors;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.health.Appliance;
import org.hearthwatch.api.metric.Counter;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.api.query.QueryEngine;
import org.hearthwatch.api.query.SeriesLookup;
import org.hearthwatch.api.store.ExemplarStore;
import org.hearthwatch.api.store.SeriesReader;
import org.hearthwatch.api.store.StoreAdmin;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;
import org.hearthwatch.prometheus.http.ApiSettings;
import org.hearthwatch.prometheus.http.ApiStats;
import org.hearthwatch.prometheus.http.PrometheusApi;
import org.hearthwatch.prometheus.http.Services;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves {@code /api/v1} while there are a query engine and a store, and reports how it is used. */
@Component(
        service = {Routes.class, Collector.class},
        configurationPid = ApiConfig.PID)
@CollectorName(collector = "query-api", job = "hearthwatch")
@Designate(ocd = ApiConfig.class)
public final class ApiComponent implements Routes, Collector {

    private static final Logger LOG = LoggerFactory.getLogger(ApiComponent.class);
    private static final Counter ANSWERS =
            Counter.of("hearthwatch_prometheus_api_answers_total", "Answers of the query API", "endpoint", "status");

    private static final Gauge OUTGOING =
            Gauge.of("hearthwatch_prometheus_api_outgoing_bytes", "Memory of answers that are being sent, about");

    private final ApiStats stats = new ApiStats();
    private final ApiSettingsReader reader;
    private final PrometheusApi api;
    private volatile ApiSettings settings;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable RuleMonitor rules;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable ExemplarStore exemplars;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Collectors collectors;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable StoreAdmin admin;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Appliance appliance;

    @Activate
    public ApiComponent(
            BundleContext context,
            ApiConfig config,
            @Reference QueryEngine engine,
            @Reference SeriesLookup lookup,
            @Reference SeriesReader store) {
        String data = context.getProperty("karaf.data");
        this.reader = new ApiSettingsReader(Path.of(data == null ? "data" : data));
        this.settings = read(config).orElseGet(reader::defaults);
        this.api = new PrometheusApi(
                engine,
                lookup,
                store,
                new Services(
                        () -> Optional.ofNullable(rules),
                        () -> Optional.ofNullable(exemplars),
                        () -> Optional.ofNullable(collectors),
                        () -> Optional.ofNullable(admin),
                        () -> Optional.ofNullable(appliance)),
                Clock.systemUTC(),
                context.getBundle().getVersion().toString(),
                () -> settings,
                stats);
    }

    /** Takes settings over while running; wrong ones are reported, and those before stay. */
    @Modified
    public void modified(ApiConfig config) {
        read(config).ifPresent(changed -> settings = changed);
    }

    private Optional<ApiSettings> read(ApiConfig config) {
        try {
            return Optional.of(reader.read(config));
        } catch (InvalidSettingException e) {
            LOG.error("{}. The settings before stay in force.", e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public List<Route> routes() {
        return api.routes();
    }

    @Override
    public void collect(SampleSink sink) {
        sink.set(OUTGOING, (double) stats.outgoingBytes());
        stats.counts()
                .forEach((key, count) ->
                        sink.set(ANSWERS, (double) count, key.endpoint(), Integer.toString(key.status())));
    }
}
