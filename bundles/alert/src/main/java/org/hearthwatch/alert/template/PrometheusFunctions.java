package org.hearthwatch.alert.template;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.alert.text.GoNumber;
import org.hearthwatch.alert.text.PromDuration;
import org.hearthwatch.api.metric.Sample;

/** The functions of Prometheus 3.5 for the texts of rules. */
public final class PrometheusFunctions {

    private static final String[] LARGE = {"k", "M", "G", "T", "P", "E", "Z", "Y"};
    private static final String[] LARGE_BINARY = {"ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi"};
    private static final String[] SMALL = {"m", "u", "n", "p", "f", "a", "z", "y"};
    private static final double NANOS = 1e9;

    private PrometheusFunctions() {}

    /** Asks in PromQL, for the moment the rule is evaluated. */
    @FunctionalInterface
    public interface Asking {

        /** @throws TemplateException if the question cannot be answered */
        List<Sample> ask(String expression) throws TemplateException;
    }

    /**
     * The functions for one evaluation.
     *
     * @param externalUrl under which the appliance is reached from outside, without a slash at the end; may be empty
     */
    public static Functions of(Asking asking, Instant now, String externalUrl) {
        return Functions.builder()
                .add("query", 1, arguments -> query(asking, arguments.text(0)))
                .add("first", 1, PrometheusFunctions::first)
                .add("label", 2, arguments -> sample(arguments, 1).labels().get(arguments.text(0)))
                .add("value", 1, arguments -> sample(arguments, 0).value())
                .add("strvalue", 1, arguments -> sample(arguments, 0).labels().get("__value__"))
                .add("sortByLabel", 2, PrometheusFunctions::sortByLabel)
                .add("args", 0, Integer.MAX_VALUE, PrometheusFunctions::args)
                .add("title", 1, arguments -> title(arguments.text(0)))
                .add("toUpper", 1, arguments -> arguments.text(0).toUpperCase(Locale.ROOT))
                .add("toLower", 1, arguments -> arguments.text(0).toLowerCase(Locale.ROOT))
                .add("stripPort", 1, arguments -> HostPort.of(arguments.text(0)).host())
                .add("stripDomain", 1, arguments -> HostPort.stripDomain(arguments.text(0)))
                .add("match", 2, arguments -> GoRegex.of(arguments.text(0)).finds(arguments.text(1)))
                .add(
                        "reReplaceAll",
                        3,
                        arguments -> GoRegex.of(arguments.text(0)).replaceAll(arguments.text(2), arguments.text(1)))
                .add("graphLink", 1, arguments -> link(arguments.text(0), 0))
                .add("tableLink", 1, arguments -> link(arguments.text(0), 1))
                .add("humanize", 1, arguments -> humanize(arguments.number(0)))
                .add("humanize1024", 1, arguments -> humanize1024(arguments.number(0)))
                .add("humanizeDuration", 1, arguments -> humanizeDuration(arguments.number(0)))
                .add("humanizePercentage", 1, arguments -> significant(arguments.number(0) * 100) + "%")
                .add("humanizeTimestamp", 1, arguments -> humanizeTimestamp(arguments.number(0)))
                .add("toTime", 1, arguments -> time(arguments.number(0)))
                .add("toDuration", 1, arguments -> duration(arguments.number(0)))
                .add("now", 0, arguments -> now.toEpochMilli() / 1000.0)
                .add("parseDuration", 1, PrometheusFunctions::parseDuration)
                .add("pathPrefix", 0, arguments -> path(externalUrl))
                .add("externalURL", 0, arguments -> externalUrl)
                .add("safeHtml", 1, arguments -> arguments.text(0))
                .add("urlQueryEscape", 1, arguments -> Builtins.urlQuery(arguments.text(0)))
                .build();
    }

    /** Where an expression can be looked at: 0 for a graph, 1 for a table. */
    public static String link(String expression, int tab) {
        return "/graph?g0.expr=" + Builtins.urlQuery(expression) + "&g0.tab=" + tab;
    }

    /** One element of a query's answer. */
    private record QuerySample(TextMap labels, Object value) implements Members {

        @Override
        public String typeName() {
            return "*template.sample";
        }

        @Override
        public Optional<Object> member(String name, List<Object> arguments) {
            return switch (name) {
                case "Labels" -> Optional.of(labels);
                case "Value" -> Optional.of(value);
                default -> Optional.empty();
            };
        }

        @Override
        public String toString() {
            return "{" + Values.print(labels) + " " + Values.print(value) + "}";
        }
    }

    private static Object query(Asking asking, String expression) throws TemplateException {
        var samples = new ArrayList<QuerySample>();
        for (Sample sample : asking.ask(expression)) {
            samples.add(new QuerySample(new TextMap(sample.labels().asMap()), sample.value()));
        }
        return samples;
    }

    private static Object first(Arguments arguments) throws TemplateException {
        List<?> samples = arguments.list(0);
        if (samples.isEmpty()) {
            throw new TemplateException("first() called on vector with no elements");
        }
        return samples.get(0);
    }

    private static QuerySample sample(Arguments arguments, int index) throws TemplateException {
        if (arguments.get(index) instanceof QuerySample sample) {
            return sample;
        }
        throw arguments.wrongType(index, "*template.sample");
    }

    private static Object sortByLabel(Arguments arguments) throws TemplateException {
        String label = arguments.text(0);
        var sorted = new ArrayList<QuerySample>();
        for (Object element : arguments.list(1)) {
            if (!(element instanceof QuerySample sample)) {
                throw arguments.wrongType(1, "template.queryResult");
            }
            sorted.add(sample);
        }
        sorted.sort(Comparator.comparing(sample -> sample.labels().get(label)));
        return sorted;
    }

    private static Object args(Arguments arguments) {
        var named = new LinkedHashMap<String, Object>();
        for (Object value : arguments.values()) {
            named.put("arg" + named.size(), value);
        }
        return Map.copyOf(named);
    }

    static String title(String text) {
        var titled = new StringBuilder(text.length());
        boolean inWord = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            boolean letter = Character.isLetterOrDigit(c) || c == '_' || c == '\'';
            titled.appendCodePoint(letter && !inWord ? Character.toTitleCase(c) : c);
            inWord = letter;
            i += Character.charCount(c);
        }
        return titled.toString();
    }

    private static String significant(double value) {
        return GoNumber.format(value, 'g', 4);
    }

    private static boolean isSpecial(double value) {
        return Double.isNaN(value) || Double.isInfinite(value);
    }

    private static String humanize(double value) {
        if (value == 0 || isSpecial(value)) {
            return significant(value);
        }
        return Math.abs(value) >= 1 ? scaledDown(value, 1000, LARGE) : scaledUp(value);
    }

    private static String humanize1024(double value) {
        if (Math.abs(value) <= 1 || isSpecial(value)) {
            return significant(value);
        }
        return scaledDown(value, 1024, LARGE_BINARY);
    }

    private static String scaledDown(double value, double step, String[] prefixes) {
        double rest = value;
        String prefix = "";
        for (int i = 0; i < prefixes.length && Math.abs(rest) >= step; i++) {
            prefix = prefixes[i];
            rest /= step;
        }
        return significant(rest) + prefix;
    }

    private static String scaledUp(double value) {
        double rest = value;
        String prefix = "";
        for (int i = 0; i < SMALL.length && Math.abs(rest) < 1; i++) {
            prefix = SMALL[i];
            rest *= 1000;
        }
        return significant(rest) + prefix;
    }

    static String humanizeDuration(double value) {
        if (isSpecial(value)) {
            return significant(value);
        }
        if (value == 0) {
            return significant(value) + "s";
        }
        if (Math.abs(value) < 1) {
            return scaledUp(value) + "s";
        }
        String sign = value < 0 ? "-" : "";
        long seconds = (long) Math.abs(value);
        String text = "";
        if (seconds >= 86_400) {
            text += seconds / 86_400 + "d ";
        }
        if (seconds >= 3_600) {
            text += seconds / 3_600 % 24 + "h ";
        }
        if (seconds < 60) {
            return sign + significant(Math.abs(value)) + "s";
        }
        return sign + text + seconds / 60 % 60 + "m " + seconds % 60 + "s";
    }

    private static String humanizeTimestamp(double value) throws TemplateException {
        return isSpecial(value) ? significant(value) : time(value).toString();
    }

    private static GoTime time(double seconds) throws TemplateException {
        double nanos = seconds * NANOS;
        if (isSpecial(seconds)) {
            throw new TemplateException("value is NaN or Inf");
        }
        if (nanos > Long.MAX_VALUE || nanos < Long.MIN_VALUE) {
            throw new TemplateException(GoNumber.format(seconds, 'g', GoNumber.SHORTEST)
                    + " cannot be represented as a nanoseconds timestamp since it overflows int64");
        }
        // To the millisecond, like all times of Prometheus.
        return GoTime.utc(Instant.ofEpochMilli((long) nanos / 1_000_000));
    }

    private static GoDuration duration(double seconds) throws TemplateException {
        if (isSpecial(seconds) || Math.abs(seconds * NANOS) > Long.MAX_VALUE) {
            throw new TemplateException(GoNumber.format(seconds, 'g', GoNumber.SHORTEST)
                    + " cannot be represented as a nanoseconds duration since it overflows int64");
        }
        return GoDuration.ofSeconds(seconds);
    }

    private static Object parseDuration(Arguments arguments) throws TemplateException {
        try {
            return PromDuration.parse(arguments.text(0)).toMillis() / 1000.0;
        } catch (IllegalArgumentException e) {
            throw new TemplateException(String.valueOf(e.getMessage()));
        }
    }

    private static String path(String url) {
        int host = url.indexOf("://");
        int slash = url.indexOf('/', host < 0 ? 0 : host + 3);
        return slash < 0 ? "" : url.substring(slash);
    }
}
