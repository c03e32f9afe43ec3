package org.hearthwatch.tools;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hearthwatch.tools.Options.Option;

/** {@code query instant} and {@code query range}: what does a server answer? */
final class Query {

    private static final Pattern DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|[smhdwy])");
    private static final List<Option> COMMON = List.of(
            Option.value("format", "Output format: promql or json (also -o)"),
            Option.values("header", "An extra header, NAME: VALUE; may be given more than once"),
            Option.value("http.config.file", "A file with how to sign in and what to trust, in Prometheus's format"),
            Option.on("help", "This"));
    private static final List<Option> INSTANT =
            with(Option.value("time", "Query evaluation time (RFC3339 or Unix timestamp)"));
    private static final List<Option> RANGE = with(
            Option.value("start", "Query range start time (RFC3339 or Unix timestamp)"),
            Option.value("end", "Query range end time (RFC3339 or Unix timestamp)"),
            Option.value("step", "Query step size (duration)"));

    private Query() {}

    private static List<Option> with(Option... more) {
        var all = new ArrayList<>(List.of(more));
        all.addAll(COMMON);
        return List.copyOf(all);
    }

    static int instant(List<String> arguments, Output output) {
        Options options = Options.of(arguments, INSTANT);
        if (options.has("help")) {
            output.out()
                    .print(Options.help(
                            "hearthwatch query instant [<flags>] <server> <expr>", "Run instant query.", INSTANT));
            return Output.DONE;
        }
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("query", words(options).get(1));
        parameters.put("time", seconds(time(options, "time").orElseGet(Instant::now)));
        return ask("query", options, parameters, output);
    }

    static int range(List<String> arguments, Output output) {
        Options options = Options.of(arguments, RANGE);
        if (options.has("help")) {
            output.out()
                    .print(Options.help(
                            "hearthwatch query range [<flags>] <server> <expr>", "Run range query.", RANGE));
            return Output.DONE;
        }
        Instant end = time(options, "end").orElseGet(Instant::now);
        Instant start = time(options, "start").orElseGet(() -> end.minus(Duration.ofMinutes(5)));
        if (!start.isBefore(end)) {
            output.err().println("start time is not before end time");
            return Output.FAILED;
        }
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("query", words(options).get(1));
        parameters.put("start", seconds(start));
        parameters.put("end", seconds(end));
        parameters.put("step", Double.toString(step(options, start, end)));
        return ask("query_range", options, parameters, output);
    }

    private static List<String> words(Options options) {
        if (options.words().size() != 2) {
            throw new UsageException(
                    options.words().size() < 2
                            ? "required argument '" + (options.words().isEmpty() ? "server" : "expr") + "' not provided"
                            : "unexpected " + options.words().get(2));
        }
        return options.words();
    }

    private static String seconds(Instant time) {
        return BigDecimal.valueOf(time.toEpochMilli(), 3).toPlainString();
    }

    private static Optional<Instant> time(Options options, String name) {
        return options.get(name).map(text -> {
            try {
                if (text.matches("-?\\d+(\\.\\d*)?")) {
                    return Instant.ofEpochMilli(Math.round(Double.parseDouble(text) * 1000));
                }
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException e) {
                throw new DateTimeException(
                        "error parsing " + (name.equals("time") ? "evaluation" : name) + " time: cannot parse \"" + text
                                + "\" to a valid timestamp",
                        e);
            }
        });
    }

    /** In seconds: as given, else such that about 250 points come. */
    private static double step(Options options, Instant start, Instant end) {
        Optional<String> given = options.get("step");
        if (given.isEmpty()) {
            return Math.max(Math.floor(Duration.between(start, end).toMillis() / 1000.0 / 250), 1);
        }
        Matcher matcher = DURATION.matcher(given.get());
        double seconds = 0;
        int at = 0;
        while (matcher.find() && matcher.start() == at) {
            seconds += Double.parseDouble(matcher.group(1)) * unit(matcher.group(2));
            at = matcher.end();
        }
        if (at != given.get().length() || seconds <= 0) {
            throw new UsageException("time: invalid duration \"" + given.get() + "\"");
        }
        return seconds;
    }

    private static double unit(String unit) {
        return switch (unit) {
            case "ms" -> 0.001;
            case "m" -> 60;
            case "h" -> 3600;
            case "d" -> 86_400;
            case "w" -> 604_800;
            case "y" -> 31_536_000;
            default -> 1;
        };
    }

    private static int ask(String endpoint, Options options, Map<String, String> parameters, Output output) {
        String format = options.get("format").orElse("promql");
        if (!format.equals("promql") && !format.equals("json")) {
            throw new UsageException("enum value must be one of promql,json, got '" + format + "'");
        }
        try {
            URI server = server(words(options).get(0));
            JsonNode answer = new Server(server, Credentials.of(options)).ask(endpoint, parameters);
            for (JsonNode warning : answer.path("warnings")) {
                output.err().println("Warning: " + warning.asText());
            }
            if (!answer.path("status").asText().equals("success")) {
                output.err()
                        .println("query error: " + answer.path("errorType").asText() + ": "
                                + answer.path("error").asText());
                return Output.FAILED;
            }
            JsonNode data = answer.path("data");
            if (format.equals("json")) {
                output.out().println(AnswerJson.of(data));
            } else {
                output.out().println(AnswerText.of(data));
            }
            return Output.DONE;
        } catch (IOException e) {
            output.err().println("query error: " + e.getMessage());
            return Output.FAILED;
        }
    }

    private static URI server(String text) {
        String whole = text.contains("://") ? text : "http://" + text;
        try {
            URI server = URI.create(whole.endsWith("/") ? whole.substring(0, whole.length() - 1) : whole);
            if (server.getHost() == null) {
                throw new UsageException("invalid server URL: " + text);
            }
            return server;
        } catch (IllegalArgumentException e) {
            throw new UsageException("invalid server URL: " + text);
        }
    }
}
