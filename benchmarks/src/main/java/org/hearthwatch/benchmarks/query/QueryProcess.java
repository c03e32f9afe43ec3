package org.hearthwatch.benchmarks.query;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.query.StoredSeries;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.prometheus.http.ApiSettings;
import org.hearthwatch.prometheus.http.ApiStats;
import org.hearthwatch.prometheus.http.PrometheusApi;
import org.hearthwatch.prometheus.http.Services;
import org.hearthwatch.prometheus.in.Intake;
import org.hearthwatch.prometheus.in.PushLimits;
import org.hearthwatch.prometheus.in.RemoteWrite;
import org.hearthwatch.prometheus.in.Senders;
import org.hearthwatch.prometheus.intern.SeriesCache;
import org.hearthwatch.query.Dialect;
import org.hearthwatch.query.Limits;
import org.hearthwatch.query.PromQlEngine;
import org.hearthwatch.query.QueryStatistics;
import org.hearthwatch.query.evaluation.Crew;
import org.hearthwatch.store.StoreSettings;
import org.hearthwatch.store.TimeSeriesStore;
import org.hearthwatch.store.disk.FileDisk;

/**
 * What of the appliance a query goes through, in a process of its own: the store, the query engine and the routes of the
 * Prometheus API, behind the JDK's HTTP server instead of Jetty and the gatekeeper in front of it.
 */
public final class QueryProcess {

    private static final Duration MAINTENANCE = Duration.ofMillis(100);
    private static final PushLimits LIMITS = new PushLimits(
            64 << 20, 256 << 20, 1_000_000, Integer.MAX_VALUE, 1_000_000, 256 << 20, Duration.ofSeconds(60));

    private QueryProcess() {}

    /** What runs in the process. */
    public record Running(TimeSeriesStore store, PromQlEngine engine) {}

    /** Arguments: the store's directory and the port to listen on, of the loopback address. */
    public static void main(String[] arguments) throws Exception {
        Running unused = start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    }

    /** Starts it all in this process. */
    public static Running start(Path directory, int port) throws IOException {
        // Without it the JDK's server waits 40 ms before the last packet of an answer.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        Clock clock = Clock.systemUTC();
        var store = TimeSeriesStore.open(new FileDisk(directory), StoreSettings.DEFAULTS, clock);
        background("writer", () -> write(store));
        background("keeper", () -> tend(store));
        int cores = Runtime.getRuntime().availableProcessors();
        var crew = new Crew(Executors.newFixedThreadPool(cores), cores);
        var engine =
                new PromQlEngine(store, Dialect.DEFAULT, Limits.DEFAULT, new QueryStatistics(), System::nanoTime, crew);
        serve(store, engine, directory, clock, port);
        return new Running(store, engine);
    }

    private static void serve(TimeSeriesStore store, PromQlEngine engine, Path directory, Clock clock, int port)
            throws IOException {
        var settings = new ApiSettings(false, directory, Labels.EMPTY);
        var api = new PrometheusApi(
                engine, new StoredSeries(store), store, Services.NONE, clock, "0", () -> settings, new ApiStats());
        var intake = new Intake(
                store, Optional::empty, new Senders(), new SeriesCache(100_000, 64 << 20), () -> LIMITS, clock);
        List<Route> routes = new ArrayList<>(api.routes());
        routes.addAll(new RemoteWrite(intake, Permission.write("samples:push")).routes());
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newFixedThreadPool(4));
        server.createContext("/-/ready", http -> {
            http.sendResponseHeaders(200, -1);
            http.close();
        });
        for (Route route : routes) {
            if (!route.path().contains("{") && route.path().startsWith("/api/v1/")) {
                addRoute(server, route, routes);
            }
        }
        server.start();
    }

    @SuppressWarnings("ReferenceEquality") // this very route is meant
    private static void addRoute(HttpServer server, Route first, List<Route> routes) {
        boolean again = routes.stream()
                .takeWhile(route -> route != first)
                .anyMatch(route -> route.path().equals(first.path()));
        if (!again) {
            List<Route> same = routes.stream()
                    .filter(route -> route.path().equals(first.path()))
                    .toList();
            server.createContext(first.path(), http -> answer(same, http));
        }
    }

    private static void answer(List<Route> routes, HttpExchange http) throws IOException {
        try {
            for (Route route : routes) {
                if (route.method().name().equals(http.getRequestMethod())) {
                    route.handler().handle(new HttpExchangeView(http));
                    return;
                }
            }
            throw new HttpProblem(405, "Method not allowed");
        } catch (HttpProblem e) {
            byte[] text = String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8);
            http.sendResponseHeaders(e.status(), text.length);
            http.getResponseBody().write(text);
            http.close();
        }
    }

    private static void background(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void write(TimeSeriesStore store) {
        long maintained = System.nanoTime();
        try {
            while (true) {
                store.awaitWork(MAINTENANCE);
                store.commit();
                if (System.nanoTime() - maintained >= MAINTENANCE.toNanos()) {
                    store.maintain();
                    maintained = System.nanoTime();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void tend(TimeSeriesStore store) {
        try {
            while (true) {
                if (!store.tend()) {
                    TimeUnit.MILLISECONDS.sleep(5);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
