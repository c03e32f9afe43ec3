package org.hearthwatch.alert.notify;

import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hearthwatch.alert.template.Arguments;
import org.hearthwatch.alert.template.Members;
import org.hearthwatch.alert.template.TemplateException;

/** Texts by name with Alertmanager's methods; one that is missing is the empty text. Immutable. */
final class KeyValues extends AbstractMap<String, String> implements Members {

    private static final String FIRST = "alertname";

    private final Map<String, String> texts;

    KeyValues(Map<String, String> texts) {
        this.texts = new TreeMap<>(texts);
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
        return Collections.unmodifiableSet(texts.entrySet());
    }

    @Override
    public String get(Object name) {
        return texts.getOrDefault(name, "");
    }

    @Override
    public String typeName() {
        return "template.KV";
    }

    @Override
    public Optional<Object> member(String name, List<Object> arguments) throws TemplateException {
        return switch (name) {
            case "SortedPairs" -> Optional.of(pairs());
            case "Names" -> Optional.of(pairs().names());
            case "Values" -> Optional.of(pairs().values());
            case "Remove" -> Optional.of(without(new Arguments(name, arguments).list(0)));
            default -> Optional.empty();
        };
    }

    private KeyValues without(List<?> names) {
        var rest = new TreeMap<>(texts);
        rest.keySet().removeAll(names.stream().map(String::valueOf).toList());
        return new KeyValues(rest);
    }

    private Pairs pairs() {
        var pairs = new ArrayList<Pair>();
        if (texts.containsKey(FIRST)) {
            pairs.add(new Pair(FIRST, get(FIRST)));
        }
        texts.forEach((name, value) -> {
            if (!name.equals(FIRST)) {
                pairs.add(new Pair(name, value));
            }
        });
        return new Pairs(pairs);
    }

    @Override
    public String toString() {
        return pairs().toString();
    }

    /** A name and its text. */
    private record Pair(String name, String value) implements Members {

        @Override
        public String typeName() {
            return "template.Pair";
        }

        @Override
        public Optional<Object> member(String member, List<Object> arguments) {
            return switch (member) {
                case "Name" -> Optional.of(name);
                case "Value" -> Optional.of(value);
                default -> Optional.empty();
            };
        }

        @Override
        public String toString() {
            return "{" + name + " " + value + "}";
        }
    }

    /** Names and texts in order. */
    private static final class Pairs extends Sequence {

        private final List<Pair> pairs;

        Pairs(List<Pair> pairs) {
            super("template.Pairs", pairs);
            this.pairs = List.copyOf(pairs);
        }

        Sequence names() {
            return new Sequence(
                    "template.Strings", pairs.stream().map(Pair::name).toList());
        }

        Sequence values() {
            return new Sequence(
                    "template.Strings", pairs.stream().map(Pair::value).toList());
        }

        @Override
        public Optional<Object> member(String name, List<Object> arguments) throws TemplateException {
            return switch (name) {
                case "Names" -> Optional.of(names());
                case "Values" -> Optional.of(values());
                default -> super.member(name, arguments);
            };
        }

        @Override
        public String toString() {
            return pairs.stream().map(pair -> pair.name() + "=" + pair.value()).collect(Collectors.joining(", "));
        }
    }
}
