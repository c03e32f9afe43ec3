package org.hearthwatch.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Counter;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.api.web.Route;

/** What this bundle reports about itself. Label values come from our own routes and reasons, so their number is bounded. */
public final class HttpFigures implements Collector {

    private static final Counter REQUESTS = Counter.of(
            "hearthwatch_http_requests_total", "Requests answered by a route, by status", "method", "route", "code");
    private static final Counter SECONDS = Counter.of(
            "hearthwatch_http_request_seconds_total",
            "Time spent on requests by handlers, until they returned",
            "method",
            "route");
    private static final Counter REFUSED = Counter.of(
            "hearthwatch_http_refused_total", "Requests and connections that reached no handler, by reason", "reason");
    private static final Counter AGREED = Counter.of(
            "hearthwatch_http_tls_handshakes_total", "TLS handshakes answered, by the key exchange agreed on", "group");
    private static final Gauge ROUTES = Gauge.of("hearthwatch_http_routes", "Routes served");
    private static final Gauge STREAMS = Gauge.of("hearthwatch_http_streams", "Event streams open");
    private static final Gauge IN_FLIGHT =
            Gauge.of("hearthwatch_http_requests_in_flight", "Requests handlers are at work on");

    private final Map<RouteCode, LongAdder> requests = new ConcurrentHashMap<>();
    private final Map<RouteCode, LongAdder> nanos = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> agreed = new ConcurrentHashMap<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile IntSupplier routes = () -> 0;
    private volatile IntSupplier streams = () -> 0;

    void watch(IntSupplier routeCount, IntSupplier streamCount) {
        this.routes = routeCount;
        this.streams = streamCount;
    }

    /** Counts a request or connection that was turned away. */
    public void refused(String reason) {
        refused.computeIfAbsent(reason, r -> new LongAdder()).increment();
    }

    /** Counts a TLS handshake. */
    public void agreed(String group) {
        agreed.computeIfAbsent(group, g -> new LongAdder()).increment();
    }

    void began() {
        inFlight.incrementAndGet();
    }

    void ended(Route route, int code, long tookNanos) {
        inFlight.decrementAndGet();
        requests.computeIfAbsent(new RouteCode(route.method(), route.path(), code), k -> new LongAdder())
                .increment();
        nanos.computeIfAbsent(new RouteCode(route.method(), route.path(), 0), k -> new LongAdder())
                .add(tookNanos);
    }

    @Override
    public void collect(SampleSink sink) {
        requests.forEach((key, count) -> sink.set(
                REQUESTS, (double) count.sum(), key.method().name(), key.path(), Integer.toString(key.code())));
        nanos.forEach(
                (key, sum) -> sink.set(SECONDS, sum.sum() / 1e9, key.method().name(), key.path()));
        refused.forEach((reason, count) -> sink.set(REFUSED, (double) count.sum(), reason));
        agreed.forEach((group, count) -> sink.set(AGREED, (double) count.sum(), group));
        sink.set(ROUTES, (double) routes.getAsInt());
        sink.set(STREAMS, (double) streams.getAsInt());
        sink.set(IN_FLIGHT, (double) inFlight.get());
    }

    private record RouteCode(Route.Method method, String path, int code) {}
}
