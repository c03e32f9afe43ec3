package org.hearthwatch.alert.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.hearthwatch.alert.text.GoNumber;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Reads values as the types they are to be, gathering every complaint on the way; what is wrong counts as absent. The
 * messages are those of the Go library Prometheus uses. Not thread-safe.
 */
public final class YamlReader {

    private static final String MERGE = "<<";
    /** A bound on merges within merges. */
    private static final int MOST_MERGES = 20;

    private static final Map<String, Double> SPECIAL = special();

    private final boolean ignoresUnknown;
    private final List<Problem> problems = new ArrayList<>();

    /** A reader that refuses fields it does not know, or passes over them. */
    public YamlReader(boolean ignoresUnknown) {
        this.ignoresUnknown = ignoresUnknown;
    }

    private static Map<String, Double> special() {
        var words = new LinkedHashMap<String, Double>();
        for (String inf : List.of(".inf", ".Inf", ".INF")) {
            words.put(inf, Double.POSITIVE_INFINITY);
            words.put("+" + inf, Double.POSITIVE_INFINITY);
            words.put("-" + inf, Double.NEGATIVE_INFINITY);
        }
        for (String nan : List.of(".nan", ".NaN", ".NAN")) {
            words.put(nan, Double.NaN);
        }
        return Map.copyOf(words);
    }

    /** All complaints so far. */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** A complaint about what a value says. */
    public void refuse(YamlValue value, String message) {
        problems.add(Problem.of(value.place(), message, Problem.Kind.VALUE));
    }

    /**
     * The fields of a mapping; none for null.
     *
     * @param type the name of what it is in Prometheus, for messages
     * @param known the fields it may have
     */
    public Map<String, YamlValue> fields(YamlValue value, String type, Set<String> known) {
        var fields = new LinkedHashMap<String, YamlValue>();
        if (value.isNull()) {
            return fields;
        }
        if (!(value.node() instanceof MappingNode mapping)) {
            cannot(value, type);
            return fields;
        }
        entries(mapping, 0).forEach((key, field) -> {
            if (known.contains(key.name())) {
                fields.put(key.name(), field);
            } else if (!ignoresUnknown) {
                shape(key.value(), "field " + key.name() + " not found in type " + type);
            }
        });
        return fields;
    }

    /** All fields of a mapping, whatever their names; none for null. */
    public Map<String, YamlValue> anyFields(YamlValue value, String type) {
        var fields = new LinkedHashMap<String, YamlValue>();
        if (value.isNull()) {
            return fields;
        }
        if (value.node() instanceof MappingNode mapping) {
            entries(mapping, 0).forEach((key, field) -> fields.put(key.name(), field));
        } else {
            cannot(value, type);
        }
        return fields;
    }

    /** A value as strings, booleans, longs, doubles, lists and maps of these; an empty text for null. */
    public Object plain(YamlValue value) {
        if (value.node() instanceof MappingNode mapping) {
            var fields = new LinkedHashMap<String, Object>();
            entries(mapping, 0).forEach((key, field) -> fields.put(key.name(), plain(field)));
            return fields;
        }
        if (value.node() instanceof SequenceNode sequence) {
            return sequence.getValue().stream()
                    .map(element -> plain(new YamlValue(element)))
                    .toList();
        }
        String text = value.isNull() ? "" : value.scalar().orElse("");
        if (!isPlain(value)) {
            return text;
        }
        if (value.node().getTag().equals(Tag.BOOL)) {
            return text.equalsIgnoreCase("true");
        }
        var whole = value.node().getTag().equals(Tag.INT) ? GoNumber.tryParseInteger(text) : OptionalLong.empty();
        if (whole.isPresent()) {
            return whole.getAsLong();
        }
        var number = value.node().getTag().equals(Tag.FLOAT) ? GoNumber.tryParse(text) : OptionalDouble.empty();
        return number.isPresent() ? (Object) number.getAsDouble() : text;
    }

    /** A complaint about a field that is not known. */
    public void unknown(YamlValue value, String field, String type) {
        shape(value, "field " + field + " not found in type " + type);
    }

    /** Texts by name; none for null. */
    public Map<String, String> texts(Optional<YamlValue> value) {
        var texts = new LinkedHashMap<String, String>();
        if (value.isEmpty() || value.get().isNull()) {
            return texts;
        }
        if (!(value.get().node() instanceof MappingNode mapping)) {
            cannot(value.get(), "map[string]string");
            return texts;
        }
        entries(mapping, 0).forEach((key, text) -> texts.put(key.name(), text(Optional.of(text))));
        return texts;
    }

    private record Key(String name, YamlValue value) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && name.equals(key.name);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }

    private Map<Key, YamlValue> entries(MappingNode mapping, int merges) {
        var entries = new LinkedHashMap<Key, YamlValue>();
        var merged = new LinkedHashMap<Key, YamlValue>();
        for (NodeTuple tuple : mapping.getValue()) {
            var name = new YamlValue(tuple.getKeyNode());
            var value = new YamlValue(tuple.getValueNode());
            Optional<String> text = name.scalar();
            if (text.isEmpty()) {
                cannot(name, "string");
            } else if (text.get().equals(MERGE) && merges < MOST_MERGES) {
                merge(value, merges).forEach(merged::putIfAbsent);
            } else {
                var key = new Key(text.get(), name);
                if (entries.containsKey(key)) {
                    int first = entries.keySet().stream()
                            .filter(key::equals)
                            .findFirst()
                            .orElse(key)
                            .value()
                            .place()
                            .line();
                    shape(name, "mapping key \"" + key.name() + "\" already defined at line " + first);
                } else {
                    entries.put(key, value);
                }
            }
        }
        merged.forEach(entries::putIfAbsent);
        return entries;
    }

    private Map<Key, YamlValue> merge(YamlValue value, int merges) {
        if (value.node() instanceof MappingNode mapping) {
            return entries(mapping, merges + 1);
        }
        var all = new LinkedHashMap<Key, YamlValue>();
        if (value.node() instanceof SequenceNode sequence) {
            for (Node node : sequence.getValue()) {
                if (node instanceof MappingNode mapping) {
                    entries(mapping, merges + 1).forEach(all::putIfAbsent);
                }
            }
            return all;
        }
        shape(value, "map merge requires map or sequence of maps as the value");
        return all;
    }

    /** The elements of a list but for null ones, each read by a function; none for null or nothing. */
    public <T> List<T> list(Optional<YamlValue> value, String type, Function<YamlValue, T> element) {
        var elements = new ArrayList<T>();
        if (value.isEmpty() || value.get().isNull()) {
            return elements;
        }
        if (value.get().node() instanceof SequenceNode sequence) {
            sequence.getValue().stream()
                    .map(YamlValue::new)
                    .filter(each -> !each.isNull())
                    .forEach(each -> elements.add(element.apply(each)));
        } else {
            cannot(value.get(), "[]" + type);
        }
        return elements;
    }

    /** A text; whatever a single value looks like, it is also a text. Empty for null or nothing. */
    public String text(Optional<YamlValue> value) {
        if (value.isEmpty() || value.get().isNull()) {
            return "";
        }
        Optional<String> scalar = value.get().scalar();
        if (scalar.isEmpty()) {
            cannot(value.get(), "string");
        }
        return scalar.orElse("");
    }

    /** A whole number; 0 for null or nothing. */
    public int integer(Optional<YamlValue> value) {
        if (value.isEmpty() || value.get().isNull()) {
            return 0;
        }
        var number = GoNumber.tryParseInteger(value.get().scalar().orElse(""));
        if (number.isPresent() && number.getAsLong() == (int) number.getAsLong() && isPlain(value.get())) {
            return (int) number.getAsLong();
        }
        var fraction = GoNumber.tryParse(value.get().scalar().orElse(""));
        if (fraction.isPresent() && fraction.getAsDouble() == (int) fraction.getAsDouble() && isPlain(value.get())) {
            return (int) fraction.getAsDouble();
        }
        cannot(value.get(), "int");
        return 0;
    }

    /** A number, with YAML's words for the infinite ones and NaN; 0 for null or nothing. */
    public double number(Optional<YamlValue> value) {
        if (value.isEmpty() || value.get().isNull()) {
            return 0;
        }
        String text = value.get().scalar().orElse("");
        var special = SPECIAL.get(text);
        if (special != null && isPlain(value.get())) {
            return special;
        }
        var whole = GoNumber.tryParseInteger(text);
        if (whole.isPresent() && isPlain(value.get())) {
            return whole.getAsLong();
        }
        var number = GoNumber.tryParse(text.replace("_", ""));
        // Go's words for the special numbers are texts in YAML.
        if (number.isPresent() && Double.isFinite(number.getAsDouble()) && isPlain(value.get())) {
            return number.getAsDouble();
        }
        cannot(value.get(), "float64");
        return 0;
    }

    /** True or false; false for null or nothing. */
    public boolean truth(Optional<YamlValue> value) {
        if (value.isEmpty() || value.get().isNull()) {
            return false;
        }
        String text = value.get().scalar().orElse("");
        return switch (isPlain(value.get()) ? text : "") {
            case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON", "y", "Y" -> true;
            case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF", "n", "N" -> false;
            default -> {
                cannot(value.get(), "bool");
                yield false;
            }
        };
    }

    /** What a text is parsed to; the parser's {@link IllegalArgumentException} becomes a complaint. Empty for none. */
    public <T> Optional<T> parsed(Optional<YamlValue> value, Function<String, T> parser) {
        if (value.isEmpty() || value.get().isNull()) {
            return Optional.empty();
        }
        int before = problems.size();
        String text = text(value);
        if (problems.size() > before) {
            return Optional.empty();
        }
        try {
            return Optional.of(parser.apply(text));
        } catch (IllegalArgumentException e) {
            refuse(value.get(), String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static boolean isPlain(YamlValue value) {
        return value.node() instanceof ScalarNode scalar && scalar.getScalarStyle() == ScalarStyle.PLAIN;
    }

    private void cannot(YamlValue value, String type) {
        shape(value, "cannot unmarshal " + value.shown() + " into " + type);
    }

    private void shape(YamlValue value, String message) {
        problems.add(Problem.of(value.place(), message, Problem.Kind.SHAPE));
    }
}
