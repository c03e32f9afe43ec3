package org.hearthwatch.query.fuzz;

import java.util.List;
import java.util.SplittableRandom;

/** Expressions, most of them of the right types. */
final class RandomExpression {

    private static final List<String> METRICS = List.of(
            "requests_total",
            "requests_total",
            "up",
            "temperature",
            "load",
            "latency_bucket",
            "native",
            "native",
            "native_gauge",
            "custom",
            "mixed",
            "fine",
            "extreme",
            "{__name__=~\"latency|latency_bucket\"}",
            "{__name__=~\"latency|latency_bucket\"}",
            "{__name__=~\"native|custom|fine|mixed\",job=\"db\"}",
            "target_info",
            "missing",
            "{__name__=~\"native|custom\"}",
            "{__name__=~\"native.*|load\"}",
            "{job=\"api\"}",
            "{\"füll.stand\"}",
            "typed_total",
            "{__name__=~\".+_total\"}",
            "{\"füll.stand\",job=~\"a.+|\"}",
            "{\"füll.stand\",\"a.b\"!=\"x0\"}");
    private static final List<String> MATCHERS = List.of(
            "job=\"api\"",
            "job=~\"a.*\"",
            "job!=\"db\"",
            "instance!~\"i1|i2\"",
            "instance=\"i0\"",
            "mode=\"\"",
            "le=\"1\"",
            "\"a.b\"=~\".*\"",
            "job=~\"(?i)API\"",
            "instance=~\"i[01]\",__type__=\"\"");
    private static final List<String> RANGES = List.of(
            "30s", "1m", "1m", "2m", "5m", "15s", "47s", "1h", "90", "1m30s", "1ms", "15.5", "1y", "3m20s500ms");
    private static final List<String> LABELS =
            List.of("job", "instance", "mode", "le", "__name__", "version", "a.b", "übel", "__type__", "");
    private static final List<String> GROUPS =
            List.of("job", "instance", "mode", "le", "__name__", "\"a.b\"", "sum", "by", "__unit__", "\"\"");
    private static final List<String> NUMBERS = List.of(
            "0", "1", "2", "-1", "0.5", "1e3", "Inf", "-Inf", "NaN", "0x10", "5m", "3.7", "1e-3", "0.9", "0.99", "10",
            "1_000", "0b11", "0o17", "+Inf", "inf", "nAN", ".5", "1.", "1h30m", "0X1F");
    private static final List<String> ARITHMETIC = List.of("+", "-", "*", "/", "%", "^", "atan2");
    private static final List<String> COMPARISONS = List.of("==", "!=", ">", "<", ">=", "<=");
    private static final List<String> RANGE_FUNCTIONS = List.of(
            "rate",
            "rate",
            "rate",
            "increase",
            "delta",
            "irate",
            "idelta",
            "resets",
            "changes",
            "deriv",
            "sum_over_time",
            "avg_over_time",
            "min_over_time",
            "max_over_time",
            "count_over_time",
            "last_over_time",
            "stddev_over_time",
            "stdvar_over_time",
            "present_over_time",
            "absent_over_time",
            "mad_over_time",
            "ts_of_max_over_time",
            "ts_of_min_over_time",
            "ts_of_last_over_time",
            "first_over_time",
            "mad_over_time");
    private static final List<String> FUNCTIONS = List.of(
            "abs",
            "ceil",
            "floor",
            "exp",
            "sqrt",
            "ln",
            "log2",
            "log10",
            "sgn",
            "sin",
            "cosh",
            "atanh",
            "deg",
            "rad",
            "histogram_count",
            "histogram_sum",
            "histogram_avg",
            "histogram_stddev",
            "histogram_stdvar",
            "histogram_count",
            "cos",
            "tan",
            "asin",
            "acos",
            "atan",
            "sinh",
            "tanh",
            "asinh",
            "acosh",
            "minute",
            "day_of_month",
            "day_of_year",
            "absent",
            "scalar",
            "vector",
            "-",
            "+",
            "(-1)^",
            "timestamp",
            "day_of_week",
            "hour",
            "year",
            "days_in_month",
            "month",
            "sort",
            "sort_desc");
    private static final List<String> AGGREGATORS =
            List.of("sum", "sum", "avg", "avg", "count", "min", "max", "group", "stddev", "stdvar");

    private static final List<String> INFOS = List.of(
            "",
            "",
            ", {version=~\".+\"}",
            ", {__name__=\"target_info\"}",
            ", {__name__=~\".*_info\"}",
            ", {__name__!=\"target_info\",version=\"v1\"}",
            ", {missing=\"\"}",
            ", {\"a.b\"=~\".+\"}",
            ", target_info");
    private static final List<String> REPLACEMENTS =
            List.of("$1", "$2$1", "${1}x", "$0", "$name", "", "x", "$1$$", "${x", "ü$1");
    private static final List<String> PATTERNS =
            List.of("(.*)", "i(.)", "", "(?P<name>a)(.*)", "[a-z]+", "(", "x{1001}", "(?i)API", "\\\\d+|(.+)", "ü?.*");

    private final SplittableRandom random;
    private final long start;
    private final boolean durations;

    /**
     * Around data that begins at a second since the Unix epoch.
     *
     * @param durations whether ranges and offsets may be computed
     */
    RandomExpression(SplittableRandom random, long start, boolean durations) {
        this.durations = durations;
        this.random = random;
        this.start = start;
    }

    /** Any expression; now and then one that is none. */
    String any() {
        String expression = switch (random.nextInt(24)) {
            case 0 -> scalar(2);
            case 1 -> random.nextInt(4) == 0 ? text() : range(2);
            default -> vector(3);
        };
        if (random.nextInt(10) > 0) {
            return expression;
        }
        int at = random.nextInt(expression.length());
        return switch (random.nextInt(4)) {
            case 0 -> expression.substring(0, at);
            case 1 -> expression.substring(0, at) + expression.substring(at + 1);
            case 2 ->
                expression.substring(0, at)
                        + of(List.of("(", ")", "[", "{", "}", "\"", ",", " by ", "@", "5m", " bool "))
                        + expression.substring(at);
            default -> expression.replaceFirst("vector|sum|rate|load", of(List.of("rate", "topk", "abs", "time", "x")));
        };
    }

    private String text() {
        return of(List.of("'it\\'s'", "\"\\u00fc\\x41\\n\\\"\"", "`raw\\n`", "\"\\U0001F600\\101\"", "(\"\")"));
    }

    private String of(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }

    private String length() {
        if (!durations || random.nextInt(3) > 0) {
            return of(RANGES);
        }
        return switch (random.nextInt(4)) {
            case 0 -> "(" + of(RANGES) + " * " + of(List.of("2", "0.5", "1")) + ")";
            case 1 -> "(" + of(RANGES) + " + " + of(RANGES) + ")";
            case 2 -> "(2 * " + of(RANGES) + " - 10)";
            default -> "(" + of(RANGES) + " / 2)";
        };
    }

    private String selector() {
        String metric = of(METRICS);
        String matchers = "";
        if (random.nextInt(3) == 0 && !metric.endsWith("}")) {
            matchers = "{" + of(MATCHERS) + (random.nextBoolean() ? "," + of(MATCHERS) : "") + "}";
        }
        return metric + matchers;
    }

    private String shift() {
        return switch (random.nextInt(18)) {
            case 16 -> " offset " + of(List.of("1m", "-30s", "7")) + " @ " + (start + random.nextInt(900));
            case 17 -> random.nextInt(3) == 0 ? " @ " + of(List.of("-1", "1h", "0x10", "1e9")) : "";
            case 0 -> " offset " + length();
            case 1 -> " offset -" + length();
            case 2 -> " @ " + (start + random.nextInt(900));
            case 3 -> random.nextBoolean() ? " @ start()" : " @ end()";
            case 4 -> " @ " + (start + random.nextInt(900)) + ".5 offset " + length();
            case 5 -> random.nextInt(4) == 0 ? " offset -" + length() + " @ end()" : "";
            default -> "";
        };
    }

    private String range(int depth) {
        if (random.nextInt(4) > 0) {
            return selector() + "[" + length() + "]" + shift();
        }
        String step = random.nextBoolean() ? "" : of(List.of("10s", "30s", "1m", "7s", "333ms", "5m"));
        String inner = random.nextInt(4) == 0 ? selector() : "(" + vector(depth - 1) + ")";
        return inner + "[" + of(List.of("1m", "3m", "5m")) + ":" + step + "]" + shift();
    }

    private String scalar(int depth) {
        return switch (depth <= 0 ? 0 : random.nextInt(6)) {
            case 0, 1 -> of(NUMBERS);
            case 2 -> "scalar(" + vector(depth - 1) + ")";
            case 3 -> random.nextBoolean() ? "time()" : "pi()";
            case 4 -> "(" + scalar(depth - 1) + " " + of(ARITHMETIC) + " " + scalar(depth - 1) + ")";
            default -> "(" + scalar(depth - 1) + " " + of(COMPARISONS) + " bool " + scalar(depth - 1) + ")";
        };
    }

    private String labels() {
        int count = random.nextInt(3);
        return "(" + (count == 0 ? "" : count == 1 ? of(GROUPS) : of(GROUPS) + ", " + of(GROUPS)) + ")";
    }

    private String grouping() {
        return switch (random.nextInt(4)) {
            case 0 -> "";
            case 1 -> " without " + labels();
            default -> " by " + labels();
        };
    }

    private String vector(int depth) {
        if (depth <= 0) {
            return selector() + shift();
        }
        return switch (random.nextInt(20)) {
            case 0, 1 -> selector() + shift();
            case 2, 3, 4, 5 -> of(RANGE_FUNCTIONS) + "(" + range(depth) + ")";
            case 6, 7 -> of(FUNCTIONS) + "(" + vector(depth - 1) + ")";
            case 8, 9, 10 -> of(AGGREGATORS) + grouping() + " (" + vector(depth - 1) + ")";
            case 11 -> parametrized(depth);
            case 12, 13 -> binary(depth);
            case 14 ->
                vector(depth - 1) + " " + of(random.nextBoolean() ? ARITHMETIC : COMPARISONS) + " "
                        + (random.nextInt(4) == 0 ? "bool " : "") + scalar(depth - 1);
            case 15 ->
                scalar(depth - 1) + " " + of(random.nextBoolean() ? ARITHMETIC : COMPARISONS) + " " + vector(depth - 1);
            case 16 -> "-" + vector(depth - 1);
            case 17 -> "(" + vector(depth - 1) + ")";
            default -> special(depth);
        };
    }

    private String parametrized(int depth) {
        String inner = vector(depth - 1);
        return switch (random.nextInt(6)) {
            case 0 ->
                "topk" + grouping() + " (" + of(List.of("1", "2", "3", "0", "-1", "NaN", "1e30", scalar(1))) + ", "
                        + inner + ")";
            case 1 -> "bottomk" + grouping() + " (" + of(List.of("1", "2", "5", "Inf", "1.9")) + ", " + inner + ")";
            case 2 -> "quantile" + grouping() + " (" + scalar(1) + ", " + inner + ")";
            case 3 -> "count_values" + grouping() + " (\"" + of(LABELS) + "\", " + inner + ")";
            // Which ones are taken is defined by the order of the series, which nothing but the store gives.
            case 4 -> "limitk" + grouping() + " (" + of(List.of("1", "2", "0", "-3", "NaN")) + ", " + selector() + ")";
            default ->
                "limit_ratio" + grouping() + " (" + of(List.of("0.5", "-0.5", "1.5", "0.1", "-2", "0", "NaN")) + ", "
                        + inner + ")";
        };
    }

    private String binary(int depth) {
        String operator = switch (random.nextInt(4)) {
            case 0 -> of(List.of("and", "or", "unless"));
            case 1 -> of(COMPARISONS) + (random.nextInt(3) == 0 ? " bool" : "");
            default -> of(ARITHMETIC);
        };
        boolean set = operator.equals("and") || operator.equals("or") || operator.equals("unless");
        String matching = "";
        if (random.nextBoolean()) {
            matching = (random.nextBoolean() ? " on " : " ignoring ") + labels();
            if (!set && random.nextBoolean()) {
                matching += random.nextBoolean() ? " group_left " : " group_right ";
                matching += random.nextBoolean() ? labels() : "";
            }
        }
        return vector(depth - 1) + " " + operator + matching + " " + vector(depth - 1);
    }

    private String special(int depth) {
        String inner = vector(depth - 1);
        return switch (random.nextInt(20)) {
            case 0, 1 -> "histogram_quantile(" + scalar(1) + ", " + inner + ")";
            case 2 -> "histogram_quantile(" + scalar(0) + ", sum by (le) (rate(latency_bucket[" + length() + "])))";
            case 3 -> "histogram_fraction(" + scalar(1) + ", " + scalar(1) + ", " + inner + ")";
            case 4 -> "label_replace(" + inner + ", \"" + of(LABELS) + "\", \"$1x\", \"instance\", \"(.)(.*)\")";
            case 5 -> "label_join(" + inner + ", \"" + of(LABELS) + "\", \"-\", \"job\", \"instance\")";
            case 6 -> "clamp(" + inner + ", " + scalar(1) + ", " + scalar(1) + ")";
            case 7 -> (random.nextBoolean() ? "clamp_min(" : "clamp_max(") + inner + ", " + scalar(1) + ")";
            case 8 -> "round(" + inner + (random.nextBoolean() ? "" : ", " + scalar(1)) + ")";
            case 9 -> "predict_linear(" + range(depth) + ", " + scalar(1) + ")";
            case 10 -> "quantile_over_time(" + scalar(1) + ", " + range(depth) + ")";
            case 11 ->
                "double_exponential_smoothing(" + range(depth) + ", " + of(List.of("0.5", "0", "1.1", scalar(1))) + ", "
                        + of(List.of("0.1", "0.9", "1.5")) + ")";
            case 12 -> "vector(" + scalar(depth - 1) + ")";
            case 13 -> "info(" + inner + of(INFOS) + ")";
            case 14 ->
                "label_replace(" + inner + ", \"" + of(LABELS) + "\", \"" + of(REPLACEMENTS) + "\", \"" + of(LABELS)
                        + "\", \"" + of(PATTERNS) + "\")";
            case 15 ->
                "label_join(" + inner + ", \"" + of(LABELS) + "\", \"" + of(List.of("", "-", "ü")) + "\""
                        + (random.nextBoolean() ? ", \"" + of(LABELS) + "\", \"" + of(LABELS) + "\"" : "") + ")";
            case 16 -> "absent_over_time(" + range(depth) + ")";
            case 17 -> "absent(" + selector() + shift() + ")";
            case 18 -> "sort_by_label_desc(" + inner + ", \"" + of(LABELS) + "\", \"instance\")";
            default -> "sort_by_label(" + inner + ", \"" + of(LABELS) + "\", \"job\", \"instance\")";
        };
    }
}
