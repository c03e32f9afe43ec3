package org.hearthwatch.alert.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.alert.config.ReceiverConfig;
import org.hearthwatch.alert.held.HeldAlert;
import org.hearthwatch.alert.journal.Json;
import org.hearthwatch.alert.notify.Plan;
import org.hearthwatch.alert.notify.Switchboard;
import org.hearthwatch.alert.silence.SilenceJson;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.access.Scope;
import org.hearthwatch.api.alert.AlertingRefusal;
import org.hearthwatch.api.alert.DeskAlert;
import org.hearthwatch.api.alert.Routing;
import org.hearthwatch.api.alert.Silence;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;

/**
 * Alertmanager's HTTP API, version 2, below {@code /alertmanager} and at the root, so that Prometheus, Grafana, karma and
 * amtool take us for one. Errors are a JSON text, as there.
 */
public final class AlertmanagerApi implements Routes {

    static final Permission READ = Permission.read("alerts:read");
    static final Permission SILENCE = Permission.write("alerts:silence");
    static final Permission RELOAD = Permission.admin("alerts:reload");
    /** Whoever may write may do this too, and tokens that may do nothing else. */
    static final Permission SEND = new Permission("alerts:send", Scope.PUSH);

    private static final List<String> PREFIXES = List.of("/alertmanager", "");
    private static final String ROOT = "/api/v2/";
    private static final String JSON = "application/json";
    private static final long LONGEST_BODY = 8L << 20;
    private static final long LONGEST_SILENCE = 256L << 10;

    private final Switchboard switchboard;
    private final Routing routing;
    private final InstantSource clock;
    private final Instant started;
    private final String version;

    public AlertmanagerApi(Switchboard switchboard, Routing routing, InstantSource clock, String version) {
        this.switchboard = switchboard;
        this.routing = routing;
        this.clock = clock;
        this.started = clock.instant();
        this.version = version;
    }

    @Override
    public List<Route> routes() {
        var routes = new ArrayList<Route>();
        for (String prefix : PREFIXES) {
            String root = prefix + ROOT;
            routes.add(Route.get(root + "status", Guard.needs(READ), this::status));
            routes.add(Route.get(root + "receivers", Guard.needs(READ), this::receivers));
            routes.add(Route.get(root + "alerts", Guard.needs(READ), this::alerts));
            routes.add(Route.post(root + "alerts", Guard.needs(SEND), this::post));
            routes.add(Route.get(root + "alerts/groups", Guard.needs(READ), this::groups));
            routes.add(Route.get(root + "silences", Guard.needs(READ), this::silences));
            routes.add(Route.post(root + "silences", Guard.needs(SILENCE), this::setSilence));
            routes.add(Route.get(root + "silence/{id}", Guard.needs(READ), this::silence));
            routes.add(Route.delete(root + "silence/{id}", Guard.needs(SILENCE), this::expire));
            routes.add(Route.post(prefix + "/-/reload", Guard.needs(RELOAD), this::reload));
        }
        routes.add(Route.get("/alertmanager/-/healthy", Guard.needs(READ), AlertmanagerApi::well));
        routes.add(Route.get("/alertmanager/-/ready", Guard.needs(READ), AlertmanagerApi::well));
        return routes;
    }

    private static void well(Exchange exchange) throws IOException {
        exchange.respond(200, "text/plain; charset=utf-8", "OK".getBytes(StandardCharsets.US_ASCII));
    }

    private static void answer(Exchange exchange, int status, JsonNode node) throws IOException {
        exchange.header("Cache-Control", "no-store");
        exchange.respond(status, JSON, (Json.text(node) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void refuse(Exchange exchange, int status, String why) throws IOException {
        answer(exchange, status, Json.MAPPER.getNodeFactory().textNode(why));
    }

    private void status(Exchange exchange) throws IOException {
        ObjectNode node = Json.object();
        node.putObject("cluster").put("status", "disabled").putArray("peers");
        // Secrets may stand in the text; amtool shows what it gets, so it gets none of the text's values of such
        // fields.
        node.putObject("config").put("original", Redaction.of(routing.status().text()));
        node.put("uptime", Json.moment(started));
        node.putObject("versionInfo")
                .put("version", version)
                .put("revision", "")
                .put("branch", "")
                .put("buildUser", "")
                .put("buildDate", "")
                .put("goVersion", "");
        answer(exchange, 200, node);
    }

    private void receivers(Exchange exchange) throws IOException {
        try {
            Filters wanted = Filters.of(exchange.parameters("receiver_matchers"));
            ArrayNode array = Json.array();
            for (ReceiverConfig receiver : switchboard.plan().config().receivers()) {
                if (wanted.matches(receiver.labels())) {
                    ObjectNode node = array.addObject().put("name", receiver.name());
                    node.set("labels", Json.texts(receiver.labels()));
                }
            }
            answer(exchange, 200, array);
        } catch (IllegalArgumentException e) {
            refuse(exchange, 400, "failed to parse receiver_matchers param: " + e.getMessage());
        }
    }

    private void alerts(Exchange exchange) throws IOException {
        try {
            var wanted = AlertFilter.of(exchange, switchboard.plan());
            Instant now = clock.instant();
            ArrayNode array = Json.array();
            switchboard.held().stream()
                    .filter(alert -> !alert.isResolved(now))
                    .map(alert -> switchboard.shown(alert, now))
                    .filter(wanted::matches)
                    .sorted(Comparator.comparing(DeskAlert::fingerprint))
                    .forEach(alert -> array.add(AlertJsonV2.write(alert)));
            answer(exchange, 200, array);
        } catch (IllegalArgumentException e) {
            refuse(exchange, 400, String.valueOf(e.getMessage()));
        }
    }

    private void groups(Exchange exchange) throws IOException {
        try {
            var wanted = AlertFilter.of(exchange, switchboard.plan());
            boolean muted = AlertFilter.flag(exchange, "muted");
            Instant now = clock.instant();
            List<Switchboard.GroupView> groups = new ArrayList<>(switchboard.groups());
            groups.sort(Comparator.comparing(Switchboard.GroupView::labels)
                    .thenComparing(group -> group.route().options().receiver()));
            ArrayNode array = Json.array();
            for (Switchboard.GroupView group : groups) {
                String receiver = group.route().options().receiver();
                List<DeskAlert> alerts = group.alerts().stream()
                        .filter(alert -> !alert.isResolved(now))
                        .map(alert -> switchboard.shown(alert, now))
                        .filter(wanted::matchesAlert)
                        .toList();
                if (alerts.isEmpty()
                        || !wanted.matchesReceiver(receiver)
                        || (!muted && !group.mutedBy().isEmpty())) {
                    continue;
                }
                ObjectNode node = array.addObject();
                node.set("labels", Json.labels(group.labels()));
                node.set("routeLabels", Json.texts(group.route().options().labels()));
                node.putObject("receiver").put("name", receiver);
                ArrayNode shown = node.putArray("alerts");
                alerts.forEach(alert -> shown.add(AlertJsonV2.write(alert)));
            }
            answer(exchange, 200, array);
        } catch (IllegalArgumentException e) {
            refuse(exchange, 400, String.valueOf(e.getMessage()));
        }
    }

    private void post(Exchange exchange) throws IOException, HttpProblem {
        Plan plan = switchboard.plan();
        Instant now = clock.instant();
        try {
            JsonNode body = Json.parse(text(exchange, LONGEST_BODY));
            if (!body.isArray()) {
                refuse(exchange, 400, "parsing alerts body failed: a list of alerts is expected");
                return;
            }
            var good = new ArrayList<HeldAlert>();
            var problems = new ArrayList<String>();
            for (JsonNode alert : body) {
                try {
                    good.add(AlertJsonV2.read(alert, now, plan.config().resolveTimeout()));
                } catch (IllegalArgumentException e) {
                    problems.add(String.valueOf(e.getMessage()));
                }
            }
            switchboard.post(good);
            if (problems.isEmpty()) {
                exchange.respond(200);
            } else {
                refuse(exchange, 400, String.join("\n", problems));
            }
        } catch (IllegalArgumentException e) {
            refuse(exchange, 400, "parsing alerts body failed: " + e.getMessage());
        }
    }

    private static String text(Exchange exchange, long most) throws IOException, HttpProblem {
        return new String(exchange.body(most).readAllBytes(), StandardCharsets.UTF_8);
    }

    private void silences(Exchange exchange) throws IOException {
        try {
            Filters wanted = Filters.of(exchange.parameters("filter"));
            Instant now = clock.instant();
            ArrayNode array = Json.array();
            for (Silence silence : switchboard.silences().list()) {
                if (AlertFilter.flag(exchange, silence.state(now).word()) && wanted.areAmong(silence.matchers())) {
                    array.add(shown(silence, now));
                }
            }
            answer(exchange, 200, array);
        } catch (IllegalArgumentException e) {
            refuse(exchange, 400, String.valueOf(e.getMessage()));
        }
    }

    private static ObjectNode shown(Silence silence, Instant now) {
        ObjectNode node = SilenceJson.write(silence);
        node.putObject("status").put("state", silence.state(now).word());
        return node;
    }

    private void silence(Exchange exchange) throws IOException {
        Optional<Silence> silence = switchboard.silences().find(exchange.pathParameter("id"));
        if (silence.isPresent()) {
            answer(exchange, 200, shown(silence.get(), clock.instant()));
        } else {
            exchange.respond(404);
        }
    }

    private void setSilence(Exchange exchange) throws IOException, HttpProblem {
        try {
            Silence wanted = SilenceJson.read(Json.parse(text(exchange, LONGEST_SILENCE)), clock.instant());
            answer(
                    exchange,
                    200,
                    Json.object().put("silenceID", switchboard.silences().set(wanted)));
        } catch (IllegalArgumentException e) {
            refuse(exchange, 400, String.valueOf(e.getMessage()));
        } catch (AlertingRefusal e) {
            refuse(exchange, code(e), String.valueOf(e.getMessage()));
        }
    }

    private void expire(Exchange exchange) throws IOException {
        try {
            switchboard.silences().expire(exchange.pathParameter("id"));
            exchange.respond(200);
        } catch (AlertingRefusal e) {
            refuse(exchange, code(e), String.valueOf(e.getMessage()));
        }
    }

    private void reload(Exchange exchange) throws IOException {
        try {
            routing.reload();
            exchange.respond(200);
        } catch (AlertingRefusal e) {
            exchange.respond(
                    500,
                    "text/plain; charset=utf-8",
                    ("failed to reload config: " + e.getMessage() + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    private static int code(AlertingRefusal refusal) {
        return switch (refusal.kind()) {
            case INVALID -> 400;
            case NOT_FOUND -> 404;
            case FAILED -> 500;
        };
    }
}
