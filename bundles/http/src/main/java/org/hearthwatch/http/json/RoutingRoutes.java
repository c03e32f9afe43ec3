package org.hearthwatch.http.json;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.alert.AlertDesk;
import org.hearthwatch.api.alert.AlertingRefusal;
import org.hearthwatch.api.alert.DeskAlert;
import org.hearthwatch.api.alert.Routing;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;
import org.jspecify.annotations.Nullable;

/** Who is told of what, what became of it, and saying that one looks after an alert. */
public final class RoutingRoutes implements Routes {

    private static final int USUAL = 100;
    private static final int MOST = 1_000;

    private final Needed<Routing> routing;
    private final Needed<AlertDesk> desk;

    public RoutingRoutes(Needed<Routing> routing, Needed<AlertDesk> desk) {
        this.routing = routing;
        this.desk = desk;
    }

    @Override
    public List<Route> routes() {
        var read = Guard.needs(Permission.read("read:alerts"));
        return List.of(
                Route.get("/api/hw/routing", read, this::show),
                Route.get("/api/hw/route-test", read, this::trace),
                Route.get("/api/hw/notifications", read, this::notices),
                Route.post(
                        "/api/hw/receivers/{name...}",
                        Guard.needs(Permission.admin("test:alerts")),
                        this::testReceiver),
                Route.get("/api/hw/alerts", read, this::alerts),
                Route.post(
                        "/api/hw/alerts/acknowledge",
                        Guard.needs(Permission.write("acknowledge:alerts")),
                        this::acknowledge));
    }

    private void show(Exchange exchange) throws IOException, HttpProblem {
        Routing known = routing.get();
        Routing.Status status = known.status();
        Json.write(
                exchange,
                new RoutingView(
                        status.source(),
                        Json.seconds(status.since()),
                        status.problems(),
                        known.routes().stream().map(NodeView::of).toList(),
                        known.receivers().stream().map(ReceiverView::of).toList()));
    }

    private void trace(Exchange exchange) throws IOException, HttpProblem {
        Labels.Builder labels = Labels.builder();
        for (String label : exchange.parameters("label")) {
            int equals = label.indexOf('=');
            if (equals <= 0) {
                throw new HttpProblem(400, "\"" + label + "\" is not NAME=VALUE.");
            }
            try {
                labels.set(label.substring(0, equals).strip(), label.substring(equals + 1));
            } catch (IllegalArgumentException e) {
                throw new HttpProblem(400, String.valueOf(e.getMessage()));
            }
        }
        Routing.Trace trace = routing.get().trace(labels.build());
        Json.write(
                exchange,
                new TraceView(
                        trace.steps(),
                        trace.destinations().stream().map(DestinationView::of).toList(),
                        trace.silencedBy(),
                        trace.inhibitedBy()));
    }

    private void notices(Exchange exchange) throws IOException, HttpProblem {
        int most = Json.number(exchange, "limit", USUAL, MOST);
        Json.write(
                exchange,
                routing.get().notices(most).stream().map(NoticeView::of).toList());
    }

    private void testReceiver(Exchange exchange) throws IOException, HttpProblem {
        try {
            Json.write(
                    exchange,
                    routing.get().test(exchange.pathParameter("name")).stream()
                            .map(result -> new TestView(
                                    result.channel(), result.delivered(), Json.seconds(result.took()), result.answer()))
                            .toList());
        } catch (AlertingRefusal e) {
            throw problem(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HttpProblem(503, "The appliance stops; the test was not ended.");
        }
    }

    private void alerts(Exchange exchange) throws IOException, HttpProblem {
        Json.write(exchange, desk.get().alerts().stream().map(AlertView::of).toList());
    }

    private void acknowledge(Exchange exchange) throws IOException, HttpProblem {
        var body = Json.read(exchange, AcknowledgeBody.class);
        List<MatcherBody> matchers = body.matchers();
        if (matchers == null || matchers.isEmpty()) {
            throw new HttpProblem(400, "The field matchers is missing: say at least one condition.");
        }
        String by = exchange.principal().map(Principal::name).orElse("-");
        String comment = body.comment() == null ? "" : body.comment();
        try {
            Json.write(
                    exchange,
                    desk
                            .get()
                            .acknowledge(
                                    matchers.stream().map(MatcherBody::matcher).toList(),
                                    by,
                                    comment,
                                    lasting(body.lasting()))
                            .stream()
                            .map(AlertView::of)
                            .toList());
        } catch (AlertingRefusal e) {
            throw problem(e);
        } catch (IllegalArgumentException e) {
            throw new HttpProblem(400, String.valueOf(e.getMessage()));
        }
    }

    private static Optional<Duration> lasting(@Nullable String text) {
        return Optional.ofNullable(text).map(HumanDuration::parse);
    }

    private static HttpProblem problem(AlertingRefusal e) {
        int status = switch (e.kind()) {
            case INVALID -> 400;
            case NOT_FOUND -> 404;
            case FAILED -> 503;
        };
        return new HttpProblem(status, String.valueOf(e.getMessage()));
    }

    private record MatcherBody(
            @Nullable String name,
            @Nullable String value,
            @Nullable Boolean isRegex,
            @Nullable Boolean isEqual) {

        Matcher matcher() {
            boolean equal = isEqual == null || isEqual;
            boolean pattern = isRegex != null && isRegex;
            Matcher.Kind kind = pattern
                    ? equal ? Matcher.Kind.MATCHES : Matcher.Kind.NOT_MATCHES
                    : equal ? Matcher.Kind.EQUAL : Matcher.Kind.NOT_EQUAL;
            if (name == null || value == null) {
                throw new IllegalArgumentException("A condition takes name and value.");
            }
            return new Matcher(name, kind, value);
        }
    }

    private record AcknowledgeBody(
            @Nullable List<MatcherBody> matchers,
            @Nullable String comment,
            @Nullable String lasting) {}

    private record RoutingView(
            String source, double since, List<String> problems, List<NodeView> routes, List<ReceiverView> receivers) {}

    private record NodeView(
            int depth,
            String matchers,
            String receiver,
            boolean continues,
            List<String> groupBy,
            double groupWait,
            double groupInterval,
            double repeatInterval,
            List<String> mutedDuring,
            List<String> activeDuring) {
        static NodeView of(Routing.Node node) {
            return new NodeView(
                    node.depth(),
                    node.matchers(),
                    node.receiver(),
                    node.continues(),
                    node.groupBy(),
                    Json.seconds(node.groupWait()),
                    Json.seconds(node.groupInterval()),
                    Json.seconds(node.repeatInterval()),
                    node.mutedDuring(),
                    node.activeDuring());
        }
    }

    private record ReceiverView(String name, Map<String, String> labels, List<ChannelView> channels) {
        static ReceiverView of(Routing.Receiver receiver) {
            return new ReceiverView(
                    receiver.name(),
                    receiver.labels(),
                    receiver.channels().stream()
                            .map(channel -> new ChannelView(
                                    channel.id(),
                                    channel.kind(),
                                    channel.waiting(),
                                    Json.secondsOrNull(channel.lastDelivered()),
                                    channel.failure().orElse(null)))
                            .toList());
        }
    }

    private record ChannelView(
            String id,
            String kind,
            int waiting,
            @Nullable Double lastDelivered,
            @Nullable String failure) {}

    private record TestView(String channel, boolean delivered, double took, String answer) {}

    private record TraceView(
            List<Routing.Step> steps,
            List<DestinationView> destinations,
            List<String> silencedBy,
            List<String> inhibitedBy) {}

    private record DestinationView(
            String receiver,
            String route,
            Map<String, String> groupLabels,
            double groupWait,
            double groupInterval,
            double repeatInterval,
            List<String> channels,
            List<String> mutedBy) {
        static DestinationView of(Routing.Destination to) {
            return new DestinationView(
                    to.receiver(),
                    to.route(),
                    to.groupLabels().asMap(),
                    Json.seconds(to.groupWait()),
                    Json.seconds(to.groupInterval()),
                    Json.seconds(to.repeatInterval()),
                    to.channels(),
                    to.mutedBy());
        }
    }

    private record NoticeView(
            double at,
            String key,
            String receiver,
            String channel,
            String group,
            String reason,
            boolean delivered,
            int tries,
            int firing,
            int resolved,
            String answer) {
        static NoticeView of(Routing.Notice notice) {
            return new NoticeView(
                    Json.seconds(notice.at()),
                    notice.key(),
                    notice.receiver(),
                    notice.channel(),
                    notice.group(),
                    notice.reason(),
                    notice.delivered(),
                    notice.tries(),
                    notice.firing(),
                    notice.resolved(),
                    notice.answer());
        }
    }

    private record AlertView(
            String fingerprint,
            Map<String, String> labels,
            Map<String, String> annotations,
            double startsAt,
            List<String> receivers,
            List<String> silencedBy,
            List<String> inhibitedBy,
            List<String> mutedBy,
            @Nullable AcknowledgementView acknowledgement) {
        static AlertView of(DeskAlert alert) {
            return new AlertView(
                    alert.fingerprint(),
                    alert.labels().asMap(),
                    alert.annotations(),
                    Json.seconds(alert.startsAt()),
                    alert.receivers(),
                    alert.silencedBy(),
                    alert.inhibitedBy(),
                    alert.mutedBy(),
                    alert.acknowledgement()
                            .map(given -> new AcknowledgementView(
                                    given.by(),
                                    given.comment(),
                                    Json.seconds(given.at()),
                                    Json.secondsOrNull(given.until())))
                            .orElse(null));
        }
    }

    private record AcknowledgementView(
            String by, String comment, double at, @Nullable Double until) {}
}
