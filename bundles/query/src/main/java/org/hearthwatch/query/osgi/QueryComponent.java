package org.hearthwatch.query.osgi;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.CollectorName;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.query.QueryEngine;
import org.hearthwatch.api.query.QueryException;
import org.hearthwatch.api.query.QueryOptions;
import org.hearthwatch.api.query.QueryResult;
import org.hearthwatch.api.store.SeriesReader;
import org.hearthwatch.query.Dialect;
import org.hearthwatch.query.Limits;
import org.hearthwatch.query.PromQlEngine;
import org.hearthwatch.query.QueryMetrics;
import org.hearthwatch.query.QueryStatistics;
import org.hearthwatch.query.evaluation.Crew;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine over whatever store there is, by the settings of the moment; queries in flight end by those they began with. */
@Component(
        service = {QueryEngine.class, Collector.class},
        configurationPid = SettingsReader.PID)
@CollectorName(collector = "query", job = "hearthwatch")
@Designate(ocd = QueryConfig.class)
public final class QueryComponent implements QueryEngine, Collector {

    private static final Logger LOG = LoggerFactory.getLogger(QueryComponent.class);

    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final int WAITING = 64;
    private static final long IDLE_SECONDS = 30;

    private final SettingsReader settings =
            new SettingsReader(Runtime.getRuntime().maxMemory());
    private final QueryStatistics statistics = new QueryStatistics();
    private final SeriesReader reader;
    private final ThreadPoolExecutor helpers;
    private volatile PromQlEngine engine;

    @Activate
    public QueryComponent(@Reference SeriesReader reader, QueryConfig config) {
        this.reader = reader;
        this.helpers = helpers();
        this.engine = built(config).orElseGet(() -> engine(Dialect.DEFAULT, Limits.DEFAULT));
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

    /** Lets the helpers go; a query that is still running is ended by its asker's thread alone. */
    @Deactivate
    public void deactivate() {
        helpers.shutdown();
    }

    /** Takes settings over while running; wrong ones are reported, and those before stay. */
    @Modified
    public void modified(QueryConfig config) {
        built(config).ifPresent(changed -> engine = changed);
    }

    private Optional<PromQlEngine> built(QueryConfig config) {
        try {
            return Optional.of(engine(settings.dialect(config), settings.limits(config)));
        } catch (InvalidSettingException e) {
            LOG.error("{}. The settings before stay in force.", e.getMessage());
            return Optional.empty();
        }
    }

    private PromQlEngine engine(Dialect dialect, Limits limits) {
        return new PromQlEngine(reader, dialect, limits, statistics, System::nanoTime, new Crew(helpers, CORES));
    }

    @Override
    public QueryResult instant(String expression, Instant at, QueryOptions options) throws QueryException {
        return engine.instant(expression, at, options);
    }

    @Override
    public QueryResult range(String expression, Instant start, Instant end, Duration step, QueryOptions options)
            throws QueryException {
        return engine.range(expression, start, end, step, options);
    }

    @Override
    public String format(String expression) throws QueryException {
        return engine.format(expression);
    }

    @Override
    public String tree(String expression) throws QueryException {
        return engine.tree(expression);
    }

    @Override
    public void collect(SampleSink sink) {
        QueryMetrics.report(statistics, engine, sink);
    }
}
