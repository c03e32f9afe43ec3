package org.hearthwatch.prometheus.otlp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * OpenTelemetry's names as Prometheus's, by the strategy {@code UnderscoreEscapingWithSuffixes}: what a name may not hold
 * becomes an underscore, units and {@code _total} become suffixes. Source: Prometheus's OTLP guide and the translation in
 * OpenTelemetry's compatibility specification.
 */
final class Translation {

    private static final Map<String, String> UNITS = Map.ofEntries(
            Map.entry("d", "days"),
            Map.entry("h", "hours"),
            Map.entry("min", "minutes"),
            Map.entry("s", "seconds"),
            Map.entry("ms", "milliseconds"),
            Map.entry("us", "microseconds"),
            Map.entry("ns", "nanoseconds"),
            Map.entry("By", "bytes"),
            Map.entry("KiBy", "kibibytes"),
            Map.entry("MiBy", "mebibytes"),
            Map.entry("GiBy", "gibibytes"),
            Map.entry("TiBy", "tibibytes"),
            Map.entry("KBy", "kilobytes"),
            Map.entry("MBy", "megabytes"),
            Map.entry("GBy", "gigabytes"),
            Map.entry("TBy", "terabytes"),
            Map.entry("m", "meters"),
            Map.entry("V", "volts"),
            Map.entry("A", "amperes"),
            Map.entry("J", "joules"),
            Map.entry("W", "watts"),
            Map.entry("g", "grams"),
            Map.entry("Cel", "celsius"),
            Map.entry("Hz", "hertz"),
            Map.entry("1", ""),
            Map.entry("%", "percent"));
    private static final Map<String, String> PER =
            Map.of("s", "second", "m", "minute", "h", "hour", "d", "day", "w", "week", "mo", "month", "y", "year");

    private Translation() {}

    /**
     * A metric's name.
     *
     * @param counter a cumulative sum that only grows
     * @param gauge no sum, no histogram: a unit of 1 then says that it is a ratio
     */
    static String metric(String name, String unit, boolean counter, boolean gauge) {
        List<String> words = words(name);
        String[] parts = unit.split("/", 2);
        addUnit(words, List.of(), UNITS, parts[0].strip());
        if (parts.length > 1) {
            addUnit(words, List.of("per"), PER, parts[1].strip());
        }
        if (counter) {
            words.removeAll(Set.of("total"));
            words.add("total");
        }
        if (gauge && unit.strip().equals("1")) {
            words.removeAll(Set.of("ratio"));
            words.add("ratio");
        }
        String joined = String.join("_", words);
        return joined.isEmpty() || !isDigit(joined.charAt(0)) ? joined : "_" + joined;
    }

    private static void addUnit(List<String> words, List<String> before, Map<String, String> known, String unit) {
        // What stands in braces is a remark, not a unit.
        if (unit.isEmpty() || unit.indexOf('{') >= 0 || unit.indexOf('}') >= 0) {
            return;
        }
        List<String> added = words(known.getOrDefault(unit, unit));
        if (!added.isEmpty() && !words.contains(String.join("_", added)) && !words.containsAll(added)) {
            words.addAll(before);
            words.addAll(added);
        }
    }

    private static List<String> words(String text) {
        return new ArrayList<>(Arrays.stream(text.split("[^a-zA-Z0-9:]+", -1))
                .filter(word -> !word.isEmpty())
                .toList());
    }

    /** The name of a label for an attribute. */
    static String label(String attribute) {
        var name = new StringBuilder(attribute.length() + 4);
        attribute.codePoints().forEach(c -> name.append(c < 0x7f && isWord((char) c) ? (char) c : '_'));
        if (name.isEmpty()) {
            return "";
        }
        if (isDigit(name.charAt(0))) {
            name.insert(0, "key_");
        } else if (name.charAt(0) == '_' && !name.toString().startsWith("__")) {
            name.insert(0, "key");
        }
        return name.toString();
    }

    private static boolean isWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
