package org.hearthwatch.alert.osgi;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.hearthwatch.alert.api.RuleRoutes;
import org.hearthwatch.alert.evaluate.Backtest;
import org.hearthwatch.alert.evaluate.RuleSettings;
import org.hearthwatch.alert.rule.RuleFileReader;
import org.hearthwatch.alert.rule.RuleShelf;
import org.hearthwatch.api.alert.AlertingRefusal;
import org.hearthwatch.api.alert.RuleBacktest;
import org.hearthwatch.api.alert.RuleFiles;
import org.hearthwatch.api.query.QueryEngine;
import org.hearthwatch.api.query.QueryException;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Lets people look after rule files and try rules on what is stored. */
@Component(service = {RuleFiles.class, RuleBacktest.class, Routes.class})
public final class RuleDeskComponent implements RuleFiles, RuleBacktest, Routes {

    private final RuleShelf shelf;
    private final Backtest backtest;
    private final RuleRoutes routes;

    @Activate
    public RuleDeskComponent(BundleContext context, @Reference QueryEngine engine) {
        InstantSource clock = InstantSource.system();
        Path home = Path.of(String.valueOf(context.getProperty(AlertComponent.HOME)))
                .toAbsolutePath();
        Path data = Path.of(String.valueOf(context.getProperty("karaf.data"))).toAbsolutePath();
        shelf = new RuleShelf(
                home.resolve("etc/rules"),
                data.resolve("hearthwatch/alert/rule-history"),
                new RuleFileReader(engine, false),
                clock);
        backtest = new Backtest(engine, RuleSettings.DEFAULT.interval());
        routes = new RuleRoutes(shelf, backtest, clock);
    }

    @Override
    public List<Entry> list() {
        return shelf.list();
    }

    @Override
    public String read(String name) throws AlertingRefusal {
        return shelf.read(name);
    }

    @Override
    public List<String> check(String text) {
        return shelf.check(text);
    }

    @Override
    public void write(String name, String text, String by, String comment) throws AlertingRefusal {
        shelf.write(name, text, by, comment);
    }

    @Override
    public void delete(String name, String by, String comment) throws AlertingRefusal {
        shelf.delete(name, by, comment);
    }

    @Override
    public List<Version> history(String name) throws AlertingRefusal {
        return shelf.history(name);
    }

    @Override
    public Report expression(String expression, Duration holdFor, Duration interval, Instant start, Instant end)
            throws QueryException {
        return backtest.expression(expression, holdFor, interval, start, end);
    }

    @Override
    public List<Report> file(String text, Instant start, Instant end) throws QueryException, AlertingRefusal {
        return backtest.file(text, start, end);
    }

    @Override
    public List<Route> routes() {
        return routes.routes();
    }
}
