package org.hearthwatch.prometheus.in;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;
import org.hearthwatch.prometheus.wire.ProtoReader;
import org.hearthwatch.prometheus.wire.Snappy;
import org.hearthwatch.prometheus.wire.WireException;

/**
 * {@code POST /api/v1/write}: remote write 1.0 and 2.0. What is answered with 204 is on disk. 400 says that a repetition
 * would not help, 429 and 503 that it would. Thread-safe.
 */
public final class RemoteWrite implements Routes {

    private static final String PROTOBUF = "application/x-protobuf";
    private static final String MESSAGE_1 = "prometheus.WriteRequest";
    private static final String MESSAGE_2 = "io.prometheus.write.v2.Request";
    private static final String WRITTEN = "X-Prometheus-Remote-Write-%s-Written";

    private final Intake intake;
    private final Guard guard;

    public RemoteWrite(Intake intake, Permission permission) {
        this.intake = intake;
        this.guard = Guard.needs(permission);
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.post("/api/v1/write", guard, this::answer));
    }

    private void answer(Exchange exchange) throws IOException, HttpProblem {
        boolean second = isSecond(exchange.header("Content-Type").orElse(PROTOBUF));
        String encoding = exchange.header("Content-Encoding").orElse("snappy");
        if (!encoding.equalsIgnoreCase("snappy")) {
            throw new HttpProblem(
                    415,
                    Printed.of(encoding)
                            + " encoding (compression) is not accepted by this server; only snappy is acceptable");
        }
        Sender sender = intake.sender(exchange.principal());
        try (Intake.Place place = intake.begin(sender)) {
            byte[] body = Bodies.read(exchange, place, intake.limits());
            place.reserve(Snappy.size(body, 0, body.length, intake.limits().unpackedBytes()));
            byte[] message = Snappy.unpack(body, 0, body.length, intake.limits().unpackedBytes());
            var in = new ProtoReader(message, 0, message.length);
            WriteRequest request = second ? new WriteRequest2(place.push(), in) : new WriteRequest1(place.push(), in);
            request.read();
            Outcome outcome = place.write();
            sender.bytes(body.length);
            written(exchange, second, outcome.samples(), outcome.histograms(), outcome.exemplars());
            Answers.of(exchange, outcome);
        } catch (WireException | TooMuchException e) {
            sender.malformed();
            written(exchange, second, 0, 0, 0);
            Answers.text(exchange, 400, e.getMessage());
        } catch (LaterException e) {
            written(exchange, second, 0, 0, 0);
            Answers.later(exchange, e);
        }
    }

    private static void written(Exchange exchange, boolean second, int samples, int histograms, int exemplars) {
        if (second) {
            exchange.header(String.format(WRITTEN, "Samples"), Integer.toString(samples));
            exchange.header(String.format(WRITTEN, "Histograms"), Integer.toString(histograms));
            exchange.header(String.format(WRITTEN, "Exemplars"), Integer.toString(exemplars));
        }
    }

    private static boolean isSecond(String contentType) throws HttpProblem {
        String[] parts = contentType.split(";", 20);
        String message = MESSAGE_1;
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.indexOf('=') < 0) {
                throw new HttpProblem(
                        415,
                        "as per https://www.rfc-editor.org/rfc/rfc9110#parameter expected parameters to be key-values,"
                                + " got " + Printed.of(parameter) + " in " + Printed.of(contentType) + " content-type");
            }
            if (parameter.toLowerCase(Locale.ROOT).startsWith("proto=")) {
                message = parameter.substring("proto=".length()).replace("\"", "");
            }
        }
        if (!parts[0].strip().equalsIgnoreCase(PROTOBUF)) {
            throw new HttpProblem(
                    415,
                    "expected " + PROTOBUF + " as the first (media) part, got " + Printed.of(contentType)
                            + " content-type");
        }
        if (message.equals(MESSAGE_2)) {
            return true;
        }
        if (message.equals(MESSAGE_1)) {
            return false;
        }
        throw new HttpProblem(
                415,
                Printed.of(message) + " protobuf message is not accepted by this server; accepted " + MESSAGE_1 + ", "
                        + MESSAGE_2);
    }
}
