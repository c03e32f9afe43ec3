package org.hearthwatch.prometheus.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;
import org.hearthwatch.prometheus.in.Bodies;
import org.hearthwatch.prometheus.in.Intake;
import org.hearthwatch.prometheus.in.LaterException;
import org.hearthwatch.prometheus.in.Outcome;
import org.hearthwatch.prometheus.in.Sender;
import org.hearthwatch.prometheus.in.TooMuchException;
import org.hearthwatch.prometheus.wire.ProtoReader;
import org.hearthwatch.prometheus.wire.ProtoWriter;
import org.hearthwatch.prometheus.wire.WireException;

/**
 * {@code POST /api/v1/otlp/v1/metrics}, as Prometheus has it, and {@code /v1/metrics}, as collectors expect it: OTLP over
 * HTTP in protobuf and JSON (opentelemetry.io/docs/specs/otlp). Thread-safe.
 */
public final class OtlpMetrics implements Routes {

    private static final String PROTOBUF = "application/x-protobuf";
    private static final String JSON = "application/json";
    private static final JsonFactory FACTORY = new JsonFactory();

    /** gRPC's codes, which OTLP's errors carry. */
    private static final int INVALID_ARGUMENT = 3;

    private static final int UNAVAILABLE = 14;

    private final Intake intake;
    private final Supplier<Set<String>> promoted;
    private final Guard guard;

    /** @param promoted the resource attributes that become labels of every series */
    public OtlpMetrics(Intake intake, Supplier<Set<String>> promoted, Permission permission) {
        this.intake = intake;
        this.promoted = promoted;
        this.guard = Guard.needs(permission);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("/api/v1/otlp/v1/metrics", guard, this::answer),
                Route.post("/v1/metrics", guard, this::answer));
    }

    private void answer(Exchange exchange) throws IOException, HttpProblem {
        boolean json = isJson(exchange.header("Content-Type").orElse(PROTOBUF));
        Sender sender = intake.sender(exchange.principal());
        try (Intake.Place place = intake.begin(sender)) {
            byte[] body = Bodies.unpacked(exchange, place, intake.limits());
            var request = new MetricsRequest(place.push(), reader(body, json, place), promoted.get()::contains);
            request.read();
            sender.bytes(body.length);
            Outcome outcome = place.write();
            int rejected = Math.min(
                    request.points(),
                    Math.max(request.rejected(), outcome.problems().total()));
            success(exchange, json, rejected, outcome.problems().text());
        } catch (WireException | TooMuchException e) {
            sender.malformed();
            failure(exchange, json, 400, INVALID_ARGUMENT, String.valueOf(e.getMessage()));
        } catch (LaterException e) {
            exchange.header("Retry-After", Long.toString(e.seconds()));
            failure(exchange, json, e.status(), UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    private static ProtoReader reader(byte[] body, boolean json, Intake.Place place)
            throws WireException, LaterException {
        if (!json) {
            return new ProtoReader(body, 0, body.length);
        }
        place.reserve(body.length);
        ProtoWriter message = JsonRequest.toProtobuf(body);
        return new ProtoReader(message.array(), 0, message.size());
    }

    private static boolean isJson(String contentType) throws HttpProblem {
        return switch (contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT)) {
            case PROTOBUF -> false;
            case JSON -> true;
            default -> throw new HttpProblem(415, "OTLP comes as " + PROTOBUF + " or " + JSON + ".");
        };
    }

    /** An {@code ExportMetricsServiceResponse}; empty when everything was taken. */
    private static void success(Exchange exchange, boolean json, int rejected, String reasons) throws IOException {
        if (!json) {
            var out = new ProtoWriter();
            if (!reasons.isEmpty()) {
                out.begin(1).integer(1, rejected).string(2, reasons).end();
            }
            exchange.respond(200, PROTOBUF, out.toByteArray());
            return;
        }
        var out = new ByteArrayOutputStream();
        try (JsonGenerator generator = FACTORY.createGenerator(out)) {
            generator.writeStartObject();
            if (!reasons.isEmpty()) {
                generator.writeObjectFieldStart("partialSuccess");
                generator.writeStringField("rejectedDataPoints", Integer.toString(rejected));
                generator.writeStringField("errorMessage", reasons);
                generator.writeEndObject();
            }
            generator.writeEndObject();
        }
        exchange.respond(200, JSON, out.toByteArray());
    }

    /** A {@code google.rpc.Status}. */
    private static void failure(Exchange exchange, boolean json, int status, int code, String message)
            throws IOException {
        if (!json) {
            exchange.respond(
                    status,
                    PROTOBUF,
                    new ProtoWriter().integer(1, code).string(2, message).toByteArray());
            return;
        }
        var out = new ByteArrayOutputStream();
        try (JsonGenerator generator = FACTORY.createGenerator(out)) {
            generator.writeStartObject();
            generator.writeNumberField("code", code);
            generator.writeStringField("message", message);
            generator.writeEndObject();
        }
        exchange.respond(status, JSON, out.toByteArray());
    }
}
