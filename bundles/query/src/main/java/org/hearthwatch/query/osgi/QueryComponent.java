package org.hearthwatch.query.osgi;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.CollectorName;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.net.Egress;
import org.hearthwatch.api.query.QueryEngine;
import org.hearthwatch.api.query.QueryException;
import org.hearthwatch.api.query.QueryOptions;
import org.hearthwatch.api.query.QueryResult;
import org.hearthwatch.api.query.SeriesLookup;
import org.hearthwatch.api.query.StoredSeries;
import org.hearthwatch.api.secret.Secrets;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.store.SeriesReader;
import org.hearthwatch.query.Dialect;
import org.hearthwatch.query.Limits;
import org.hearthwatch.query.PromQlEngine;
import org.hearthwatch.query.QueryMetrics;
import org.hearthwatch.query.QueryStatistics;
import org.hearthwatch.query.evaluation.Crew;
import org.hearthwatch.query.remote.NewestReader;
import org.hearthwatch.query.remote.RemoteFigures;
import org.hearthwatch.query.remote.RemoteFirst;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine over whatever store there is, by the settings of the moment; queries in flight end by those they began with. */
@Component(
        service = {QueryEngine.class, SeriesLookup.class, Collector.class},
        configurationPid = SettingsReader.PID)
@CollectorName(collector = "query", job = "hearthwatch")
@Designate(ocd = QueryConfig.class)
public final class QueryComponent implements QueryEngine, SeriesLookup, Collector {

    private static final Logger LOG = LoggerFactory.getLogger(QueryComponent.class);

    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final int WAITING = 64;
    private static final long IDLE_SECONDS = 30;

    private final SettingsReader settings =
            new SettingsReader(Runtime.getRuntime().maxMemory());
    private final QueryStatistics statistics = new QueryStatistics();
    private final RemoteFigures remoteFigures = new RemoteFigures();
    private final SeriesReader reader;
    private final ThreadPoolExecutor helpers;
    private final AtomicReference<Optional<Egress>> gate = new AtomicReference<>(Optional.empty());
    private final AtomicReference<Optional<Secrets>> vault = new AtomicReference<>(Optional.empty());
    private volatile Running running;

    /**
     * What answers by the settings of the moment.
     *
     * @param embedded the engine of this process, whatever it is asked through
     * @param remote the connection to the one elsewhere
     */
    private record Running(
            PromQlEngine embedded, QueryEngine engine, SeriesLookup lookup, Optional<HttpRemote> remote) {}

    @Activate
    public QueryComponent(@Reference SeriesReader reader, QueryConfig config) {
        this.reader = reader;
        this.helpers = helpers();
        this.running = built(config).orElseGet(() -> embedded(Dialect.DEFAULT, Limits.DEFAULT));
    }

    /** As many as there are cores beside the asker's; what finds none free and no place to wait is done by the asker. */
    private static ThreadPoolExecutor helpers() {
        var number = new AtomicInteger();
        var helpers = new ThreadPoolExecutor(
                CORES, CORES, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), task -> {
                    var thread = new Thread(task, "hearthwatch-query-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        helpers.allowCoreThreadTimeOut(true);
        return helpers;
    }

    /** Lets the helpers go; a query that is still running is ended by its asker's thread alone, or broken off where it is remote. */
    @Deactivate
    public void deactivate() {
        helpers.shutdown();
        running.remote().ifPresent(HttpRemote::close);
    }

    /** Without a gate nobody outside is asked. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void bindGate(Egress egress) {
        gate.set(Optional.of(egress));
    }

    @SuppressWarnings("ReferenceEquality") // this very gate is meant
    public void unbindGate(Egress egress) {
        gate.updateAndGet(now -> now.filter(other -> other != egress));
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void bindVault(Secrets secrets) {
        vault.set(Optional.of(secrets));
    }

    @SuppressWarnings("ReferenceEquality") // this very vault is meant
    public void unbindVault(Secrets secrets) {
        vault.updateAndGet(now -> now.filter(other -> other != secrets));
    }

    /** Takes settings over while running; wrong ones are reported, and those before stay. */
    @Modified
    public void modified(QueryConfig config) {
        built(config).ifPresent(changed -> running = changed);
    }

    private Optional<Running> built(QueryConfig config) {
        try {
            Dialect dialect = settings.dialect(config);
            Limits limits = settings.limits(config);
            return Optional.of(RemoteSettingsReader.read(config)
                    .map(remote -> remote(remote, dialect, limits))
                    .orElseGet(() -> embedded(dialect, limits)));
        } catch (InvalidSettingException e) {
            LOG.error("{}. The settings before stay in force.", e.getMessage());
            return Optional.empty();
        }
    }

    private Running embedded(Dialect dialect, Limits limits) {
        PromQlEngine engine = engine(reader, dialect, limits);
        return new Running(engine, engine, new StoredSeries(reader), Optional.empty());
    }

    private Running remote(RemoteSettings remote, Dialect dialect, Limits limits) {
        var connection = new HttpRemote(remote, gate::get, vault::get);
        var newest = new NewestReader(reader, remote.terms().fallback(), Clock.systemUTC());
        PromQlEngine embedded = engine(newest, dialect, limits);
        var first =
                new RemoteFirst(connection, remote.terms(), limits, embedded, newest, System::nanoTime, remoteFigures);
        return new Running(embedded, first, first, Optional.of(connection));
    }

    private PromQlEngine engine(SeriesReader store, Dialect dialect, Limits limits) {
        return new PromQlEngine(store, dialect, limits, statistics, System::nanoTime, new Crew(helpers, CORES));
    }

    @Override
    public QueryResult instant(String expression, Instant at, QueryOptions options) throws QueryException {
        return running.engine().instant(expression, at, options);
    }

    @Override
    public QueryResult range(String expression, Instant start, Instant end, Duration step, QueryOptions options)
            throws QueryException {
        return running.engine().range(expression, start, end, step, options);
    }

    @Override
    public String format(String expression) throws QueryException {
        return running.engine().format(expression);
    }

    @Override
    public String tree(String expression) throws QueryException {
        return running.engine().tree(expression);
    }

    @Override
    public Found<Labels> series(List<List<Matcher>> selectors, long from, long to, OptionalInt limit)
            throws QueryException {
        return running.lookup().series(selectors, from, to, limit);
    }

    @Override
    public Found<String> labelNames(List<List<Matcher>> selectors, long from, long to, OptionalInt limit)
            throws QueryException {
        return running.lookup().labelNames(selectors, from, to, limit);
    }

    @Override
    public Found<String> labelValues(String label, List<List<Matcher>> selectors, long from, long to, OptionalInt limit)
            throws QueryException {
        return running.lookup().labelValues(label, selectors, from, to, limit);
    }

    @Override
    public void collect(SampleSink sink) {
        Running now = running;
        QueryMetrics.report(statistics, now.embedded(), sink);
        if (now.remote().isPresent()) {
            remoteFigures.report(sink);
        }
    }
}
