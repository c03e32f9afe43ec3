package org.hearthwatch.alert.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.hearthwatch.alert.journal.Json;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.alert.AlertingRefusal;
import org.hearthwatch.api.alert.RuleBacktest;
import org.hearthwatch.api.alert.RuleFiles;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.api.query.QueryException;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;

/** Rule files over HTTP, below {@code /api/hw/rule-files}, for the console's editor. Errors are problems with a message. */
public final class RuleRoutes implements Routes {

    private static final Permission READ = Permission.read("rules:read");
    private static final Permission EDIT = Permission.write("rules:edit");
    private static final String ROOT = "/api/hw/rule-files";
    private static final String JSON = "application/json";
    private static final long LONGEST = 5L << 20;
    private static final Duration LONGEST_BACKTEST = Duration.ofDays(400);

    private final RuleFiles files;
    private final RuleBacktest backtest;
    private final InstantSource clock;

    public RuleRoutes(RuleFiles files, RuleBacktest backtest, InstantSource clock) {
        this.files = files;
        this.backtest = backtest;
        this.clock = clock;
    }

    /** A route's work, free to throw what becomes a problem. */
    @FunctionalInterface
    private interface Work {
        JsonNode answer(Exchange exchange) throws IOException, HttpProblem, AlertingRefusal, QueryException;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(ROOT, Guard.needs(READ), exchange -> answer(exchange, this::list)),
                Route.get(ROOT + "/{name}", Guard.needs(READ), exchange -> answer(exchange, this::read)),
                Route.put(ROOT + "/{name}", Guard.needs(EDIT), exchange -> answer(exchange, this::write)),
                Route.delete(ROOT + "/{name}", Guard.needs(EDIT), exchange -> answer(exchange, this::delete)),
                Route.get(ROOT + "/{name}/history", Guard.needs(READ), exchange -> answer(exchange, this::history)),
                Route.post("/api/hw/rule-check", Guard.needs(READ), exchange -> answer(exchange, this::check)),
                Route.get("/api/hw/rule-backtest", Guard.needs(READ), exchange -> answer(exchange, this::backtest)),
                Route.post(
                        "/api/hw/rule-backtest", Guard.needs(READ), exchange -> answer(exchange, this::backtestFile)));
    }

    private static void answer(Exchange exchange, Work work) throws IOException, HttpProblem {
        try {
            byte[] body = Json.text(work.answer(exchange)).getBytes(StandardCharsets.UTF_8);
            exchange.respond(200, JSON, body);
        } catch (AlertingRefusal e) {
            int status = switch (e.kind()) {
                case INVALID -> 422;
                case NOT_FOUND -> 404;
                case FAILED -> 500;
            };
            throw new HttpProblem(status, String.valueOf(e.getMessage()));
        } catch (QueryException | IllegalArgumentException e) {
            throw new HttpProblem(422, String.valueOf(e.getMessage()));
        }
    }

    private JsonNode list(Exchange exchange) {
        ArrayNode array = Json.array();
        files.list()
                .forEach(entry -> array.addObject()
                        .put("name", entry.name())
                        .put("bytes", entry.bytes())
                        .put("changed", entry.changed().toString()));
        return array;
    }

    private JsonNode read(Exchange exchange) throws AlertingRefusal {
        String name = exchange.pathParameter("name");
        return Json.object().put("name", name).put("text", files.read(name));
    }

    /** The body's text, and the body. */
    private static JsonNode withText(Exchange exchange) throws IOException, HttpProblem {
        JsonNode body = Json.parse(new String(exchange.body(LONGEST).readAllBytes(), StandardCharsets.UTF_8));
        if (!body.path("text").isTextual()) {
            throw new HttpProblem(422, "The body is a JSON object with the file's text as \"text\"");
        }
        return body;
    }

    private JsonNode write(Exchange exchange) throws IOException, HttpProblem, AlertingRefusal {
        JsonNode body = withText(exchange);
        String name = exchange.pathParameter("name");
        files.write(
                name,
                body.path("text").asText(),
                who(exchange),
                body.path("comment").asText());
        return Json.object().put("name", name);
    }

    private JsonNode check(Exchange exchange) throws IOException, HttpProblem {
        ArrayNode problems = Json.array();
        files.check(withText(exchange).path("text").asText()).forEach(problems::add);
        return problems;
    }

    private JsonNode delete(Exchange exchange) throws AlertingRefusal {
        String name = exchange.pathParameter("name");
        files.delete(name, who(exchange), exchange.parameter("comment").orElse(""));
        return Json.object().put("name", name);
    }

    private static String who(Exchange exchange) {
        return exchange.principal().map(Principal::name).orElse("-");
    }

    private JsonNode history(Exchange exchange) throws AlertingRefusal {
        ArrayNode array = Json.array();
        for (RuleFiles.Version version : files.history(exchange.pathParameter("name"))) {
            ObjectNode node = array.addObject()
                    .put("number", version.number())
                    .put("at", version.at().toString())
                    .put("by", version.by())
                    .put("comment", version.comment());
            version.text().ifPresent(text -> node.put("text", text));
        }
        return array;
    }

    private JsonNode backtest(Exchange exchange) throws HttpProblem, QueryException {
        String expression = exchange.parameter("expr")
                .orElseThrow(() -> new HttpProblem(422, "expr is missing: the expression to test"));
        Duration since = since(exchange.parameter("since").orElse("7d"));
        Duration holdFor = HumanDuration.parse(exchange.parameter("for").orElse("0s"));
        Duration interval = HumanDuration.parse(exchange.parameter("interval").orElse("1m"));
        if (interval.toMillis() < 1_000) {
            throw new HttpProblem(422, "interval takes at least 1s");
        }
        Instant end = clock.instant();
        return report(backtest.expression(expression, holdFor, interval, end.minus(since), end));
    }

    private JsonNode backtestFile(Exchange exchange) throws IOException, HttpProblem, QueryException, AlertingRefusal {
        JsonNode body = withText(exchange);
        Duration since = since(body.path("since").asText("7d"));
        Instant end = clock.instant();
        ObjectNode node = Json.object();
        node.put("from", end.minus(since).toString()).put("to", end.toString());
        ArrayNode reports = node.putArray("reports");
        for (RuleBacktest.Report report : backtest.file(body.path("text").asText(), end.minus(since), end)) {
            reports.add(report(report));
        }
        return node;
    }

    private static Duration since(String text) throws HttpProblem {
        Duration since = HumanDuration.parse(text);
        if (since.compareTo(LONGEST_BACKTEST) > 0) {
            throw new HttpProblem(422, "since takes at most 400d");
        }
        return since;
    }

    private static ObjectNode report(RuleBacktest.Report report) {
        ObjectNode node = Json.object()
                .put("name", report.name())
                .put("expression", report.expression())
                .put("step", report.step().toMillis() / 1e3);
        ArrayNode firings = node.putArray("firings");
        for (RuleBacktest.Firing firing : report.firings()) {
            ObjectNode each = firings.addObject()
                    .put("activeAt", firing.activeAt().toString())
                    .put("firedAt", firing.firedAt().toString());
            firing.endedAt().ifPresent(ended -> each.put("endedAt", ended.toString()));
            each.set("labels", Json.labels(firing.labels()));
        }
        ArrayNode warnings = node.putArray("warnings");
        report.warnings().forEach(warnings::add);
        return node;
    }
}
