package org.hearthwatch.prometheus.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.query.StoredSeries;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.testkit.FakeExchange;
import org.hearthwatch.testkit.MemorySeries;
import org.hearthwatch.testkit.TestClock;

/**
 * A question to Prometheus 3.5 over {@link #data}, and its answer.
 *
 * @param request method and path with query
 */
record Recording(String request, int status, String body) {

    private static final String FILE = "prometheus-3.5.txt";

    /** All there are. */
    static List<Recording> all() throws IOException {
        try (InputStream in = Recording.class.getResourceAsStream(FILE)) {
            String text = new String(Optional.ofNullable(in).orElseThrow().readAllBytes(), StandardCharsets.UTF_8);
            var all = new ArrayList<Recording>();
            for (String part : text.split("\n\n", -1)) {
                String[] lines = part.strip().split("\n", 3);
                all.add(new Recording(lines[0], Integer.parseInt(lines[1]), lines.length < 3 ? "" : lines[2]));
            }
            return all;
        }
    }

    /** The samples Prometheus had. */
    static MemorySeries data() {
        long t = 1_767_225_600_000L;
        var data = new MemorySeries();
        Labels get = Labels.of("__name__", "http_requests_total", "code", "200", "method", "get");
        data.put(get, t, 10).put(get, t + 60_000, 20).put(get, t + 120_500, 30.5);
        Labels failed = Labels.of("__name__", "http_requests_total", "code", "500", "method", "get");
        data.put(failed, t, 1).put(failed, t + 60_000, 2);
        data.put(Labels.of("__name__", "http_requests_total", "code", "200", "method", "post"), t, 3);
        Map<String, Double> rooms = Map.of(
                "küche \"a\"\\b", -0.0,
                "bad", 1e-7,
                "x<y>&z", 1e21,
                "big", 123456789012345680000.0,
                "nan", Double.NaN,
                "inf", Double.POSITIVE_INFINITY,
                "ninf", Double.NEGATIVE_INFINITY,
                "pi", Math.PI,
                "min", Double.MIN_VALUE,
                "max", Double.MAX_VALUE);
        rooms.forEach((room, value) -> data.put(Labels.of("__name__", "temp", "room", room), t, value));
        return data;
    }

    /** What we answer. */
    FakeExchange ours() throws IOException, HttpProblem {
        int space = request.indexOf(' ');
        var method = Route.Method.valueOf(request.substring(0, space));
        var api = new PrometheusApi(
                new RecordedEngine(body.startsWith("{") ? body : "{}"),
                new StoredSeries(data()),
                data(),
                Services.NONE,
                TestClock.atStart(),
                "0.1.0",
                () -> new ApiSettings(true, Path.of("unused"), Labels.EMPTY),
                new ApiStats());
        return FakeExchange.of(method, request.substring(space + 1)).answeredBy(api);
    }

    @Override
    public String toString() {
        return request;
    }
}
