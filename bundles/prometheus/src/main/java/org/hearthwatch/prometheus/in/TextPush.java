package org.hearthwatch.prometheus.in;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.metric.Exemplar;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.MetricMetadata;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;
import org.hearthwatch.prometheus.exposition.Dialect;
import org.hearthwatch.prometheus.exposition.ExpositionException;
import org.hearthwatch.prometheus.exposition.ExpositionLimits;
import org.hearthwatch.prometheus.exposition.ExpositionSink;
import org.hearthwatch.prometheus.exposition.TextParser;
import org.hearthwatch.prometheus.intern.SeriesCache;
import org.hearthwatch.prometheus.wire.WireException;

/**
 * {@code POST /api/v1/import/prometheus}: Prometheus text, or OpenMetrics where the {@code Content-Type} says so, as scripts
 * send it with curl; the address and its parameters {@code extra_label} and {@code timestamp} are VictoriaMetrics'. A text
 * with an error is refused whole. Thread-safe.
 */
public final class TextPush implements Routes {

    private final Intake intake;
    private final SeriesCache cache;
    private final Guard guard;

    public TextPush(Intake intake, SeriesCache cache, Permission permission) {
        this.intake = intake;
        this.cache = cache;
        this.guard = Guard.needs(permission);
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.post("/api/v1/import/prometheus", guard, this::answer));
    }

    private void answer(Exchange exchange) throws IOException, HttpProblem {
        Sender sender = intake.sender(exchange.principal());
        PushLimits limits = intake.limits();
        long timestamp = timestamp(exchange.parameter("timestamp"));
        Labels extra = extra(exchange.parameters("extra_label"), sender.forced());
        try (Intake.Place place = intake.begin(sender)) {
            byte[] body = Bodies.unpacked(exchange, place, limits);
            var bounds = new ExpositionLimits(
                    ExpositionLimits.USUAL.lineBytes(),
                    ExpositionLimits.USUAL.labels(),
                    ExpositionLimits.USUAL.nameBytes(),
                    ExpositionLimits.USUAL.valueBytes(),
                    limits.samplesPerRequest(),
                    ExpositionLimits.USUAL.families());
            Dialect dialect = Dialect.of(exchange.header("Content-Type").orElse(""));
            var sink = new Sink(place.push());
            new TextParser(dialect, bounds, cache, extra)
                    .parse(new ByteArrayInputStream(body), OptionalLong.of(timestamp), sink);
            sender.bytes(body.length);
            Answers.of(exchange, place.write());
        } catch (ExpositionException | WireException | Sink.Full e) {
            sender.malformed();
            Answers.text(exchange, 400, e.getMessage());
        } catch (LaterException e) {
            Answers.later(exchange, e);
        }
    }

    private long timestamp(Optional<String> parameter) throws HttpProblem {
        try {
            return parameter.isEmpty() ? intake.nowMillis() : Long.parseLong(parameter.get());
        } catch (NumberFormatException e) {
            throw new HttpProblem(400, "timestamp is a time in milliseconds since 1970.");
        }
    }

    private static Labels extra(List<String> parameters, Labels forced) throws HttpProblem {
        var labels = Labels.builder();
        for (String parameter : parameters) {
            int equals = parameter.indexOf('=');
            if (equals < 1 || parameter.startsWith(Labels.NAME + "=")) {
                throw new HttpProblem(400, "extra_label is written name=value.");
            }
            labels.set(parameter.substring(0, equals), parameter.substring(equals + 1));
        }
        forced.forEach(labels::set);
        return labels.build();
    }

    /** Puts what is read into the push. */
    private record Sink(Push push) implements ExpositionSink {

        /** The push can hold no more; a reader's sink may only throw what input and output throw. */
        private static final class Full extends IOException {
            private static final long serialVersionUID = 1L;

            Full(TooMuchException cause) {
                super(cause.getMessage(), cause);
            }
        }

        @Override
        public void family(MetricMetadata family) {
            push.family(family);
        }

        @Override
        public void sample(Labels series, long timestamp, double value) throws IOException {
            try {
                if (push.admits(series)) {
                    push.number(series, timestamp, value);
                }
            } catch (TooMuchException e) {
                throw new Full(e);
            }
        }

        @Override
        public void exemplar(Exemplar exemplar) throws IOException {
            try {
                push.exemplar(exemplar);
            } catch (TooMuchException e) {
                throw new Full(e);
            }
        }
    }
}
