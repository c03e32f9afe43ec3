package org.hearthwatch.prometheus.out;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hearthwatch.api.metric.Labels;

/**
 * One rule of relabelling (prometheus.io/docs/prometheus/latest/configuration/configuration, relabel_config). Patterns are
 * RE2, anchored at both ends.
 */
record RelabelRule(
        List<String> sources,
        String separator,
        Pattern regex,
        String target,
        String replacement,
        long modulus,
        Action action) {

    private static final Set<String> FIELDS =
            Set.of("source_labels", "separator", "regex", "target_label", "replacement", "modulus", "action");
    private static final String ANYTHING = "(.*)";

    /** What is done. */
    enum Action {
        REPLACE,
        LOWERCASE,
        UPPERCASE,
        KEEP,
        DROP,
        KEEPEQUAL,
        DROPEQUAL,
        HASHMOD,
        LABELMAP,
        LABELDROP,
        LABELKEEP;

        boolean needsTarget() {
            return switch (this) {
                case REPLACE, LOWERCASE, UPPERCASE, KEEPEQUAL, DROPEQUAL, HASHMOD -> true;
                case KEEP, DROP, LABELMAP, LABELDROP, LABELKEEP -> false;
            };
        }
    }

    static RelabelRule of(Map<?, ?> fields) {
        for (Object name : fields.keySet()) {
            if (!FIELDS.contains(String.valueOf(name))) {
                throw new IllegalArgumentException("there is no field " + name);
            }
        }
        Action action = action(text(fields, "action", "replace"));
        String target = text(fields, "target_label", "");
        if (action.needsTarget() && target.isEmpty()) {
            throw new IllegalArgumentException(action.name().toLowerCase(Locale.ROOT) + " needs a target_label");
        }
        return new RelabelRule(
                sources(fields.get("source_labels")),
                text(fields, "separator", ";"),
                pattern(text(fields, "regex", ANYTHING)),
                target,
                text(fields, "replacement", "$1"),
                modulus(text(fields, "modulus", "0"), action),
                action);
    }

    private static String text(Map<?, ?> fields, String name, String otherwise) {
        Object value = fields.get(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(name + " is one word");
    }

    private static List<String> sources(@org.jspecify.annotations.Nullable Object value) {
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> names && names.stream().allMatch(String.class::isInstance)) {
            return names.stream().map(String.class::cast).toList();
        }
        throw new IllegalArgumentException("source_labels is a list in brackets");
    }

    private static Action action(String word) {
        for (Action action : Action.values()) {
            if (action.name().equalsIgnoreCase(word)) {
                return action;
            }
        }
        throw new IllegalArgumentException("there is no action " + word);
    }

    private static Pattern pattern(String regex) {
        try {
            return Pattern.compile("^(?s:" + regex + ")$");
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("the regex " + regex + " is not valid: " + e.getDescription(), e);
        }
    }

    private static long modulus(String text, Action action) {
        try {
            long modulus = Long.parseLong(text);
            if (modulus > 0 || (action != Action.HASHMOD && modulus == 0)) {
                return modulus;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("modulus is a whole number", e);
        }
        throw new IllegalArgumentException("hashmod needs a modulus of at least 1");
    }

    Optional<Labels> apply(Labels labels) {
        String value = sources.stream().map(labels::get).collect(Collectors.joining(separator));
        return switch (action) {
            case REPLACE -> Optional.of(replaced(labels, value));
            case LOWERCASE -> Optional.of(labels.with(target, value.toLowerCase(Locale.ROOT)));
            case UPPERCASE -> Optional.of(labels.with(target, value.toUpperCase(Locale.ROOT)));
            case KEEP -> Optional.of(labels).filter(l -> regex.matches(value));
            case DROP -> Optional.of(labels).filter(l -> !regex.matches(value));
            case KEEPEQUAL -> Optional.of(labels).filter(l -> l.get(target).equals(value));
            case DROPEQUAL -> Optional.of(labels).filter(l -> !l.get(target).equals(value));
            case HASHMOD -> Optional.of(labels.with(target, hashed(value)));
            case LABELMAP -> Optional.of(mapped(labels));
            case LABELDROP -> Optional.of(only(labels, false));
            case LABELKEEP -> Optional.of(only(labels, true));
        };
    }

    private Labels replaced(Labels labels, String value) {
        Matcher matcher = regex.matcher(value);
        if (!matcher.find()) {
            return labels;
        }
        String name = expanded(target, matcher);
        return name.isEmpty() ? labels : labels.with(name, expanded(replacement, matcher));
    }

    private Labels mapped(Labels labels) {
        var builder = labels.toBuilder();
        labels.forEach((name, value) -> {
            Matcher matcher = regex.matcher(name);
            if (matcher.find()) {
                String other = expanded(replacement, matcher);
                if (!other.isEmpty()) {
                    builder.set(other, value);
                }
            }
        });
        return builder.build();
    }

    private Labels only(Labels labels, boolean matching) {
        var builder = Labels.builder();
        labels.forEach((name, value) -> {
            if (regex.matches(name) == matching) {
                builder.set(name, value);
            }
        });
        return builder.build();
    }

    /** The last eight bytes of the MD5, as an unsigned number, as Prometheus computes it. */
    private String hashed(String value) {
        try {
            byte[] md5 = MessageDigest.getInstance("MD5").digest(value.getBytes(StandardCharsets.UTF_8));
            return Long.toUnsignedString(
                    Long.remainderUnsigned(ByteBuffer.wrap(md5).getLong(8), modulus));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has MD5", e);
        }
    }

    /** Go's {@code Regexp.Expand}: {@code $1}, {@code ${1}}, {@code $name}, {@code $$}; unknown groups are empty. */
    private String expanded(String template, Matcher matcher) {
        var text = new StringBuilder();
        int at = 0;
        while (at < template.length()) {
            char c = template.charAt(at++);
            if (c != '$' || at == template.length()) {
                text.append(c);
            } else if (template.charAt(at) == '$') {
                text.append(c);
                at++;
            } else {
                boolean braced = template.charAt(at) == '{';
                int begin = braced ? at + 1 : at;
                int end = begin;
                while (end < template.length() && isWord(template.charAt(end))) {
                    end++;
                }
                boolean closed = !braced || (end < template.length() && template.charAt(end) == '}');
                if (end == begin || !closed) {
                    text.append(c);
                } else {
                    text.append(group(template.substring(begin, end), matcher));
                    at = braced ? end + 1 : end;
                }
            }
        }
        return text.toString();
    }

    private String group(String name, Matcher matcher) {
        if (name.chars().allMatch(c -> c >= '0' && c <= '9')) {
            int number = name.length() > 4 ? Integer.MAX_VALUE : Integer.parseInt(name);
            String value = number <= matcher.groupCount() ? matcher.group(number) : "";
            return value == null ? "" : value;
        }
        Integer number = regex.namedGroups().get(name);
        String value = number == null ? "" : matcher.group(number);
        return value == null ? "" : value;
    }

    private static boolean isWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }
}
