package org.hearthwatch.alert.template;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The functions every template has. {@code and} and {@code or} are the executor's, as they may leave arguments alone. */
final class Builtins {

    private static final int ANY = Integer.MAX_VALUE;

    private static final Map<String, Functions.Entry> ALL = Map.ofEntries(
            entry("and", 1, ANY, arguments -> arguments.get(arguments.size() - 1)),
            entry("or", 1, ANY, arguments -> arguments.get(arguments.size() - 1)),
            entry("not", 1, 1, arguments -> !Values.isTrue(arguments.get(0))),
            entry("len", 1, 1, Builtins::length),
            entry("index", 1, ANY, Builtins::index),
            entry("slice", 1, 4, Builtins::slice),
            entry("print", 0, ANY, Builtins::print),
            entry("println", 0, ANY, Builtins::println),
            entry(
                    "printf",
                    1,
                    ANY,
                    arguments -> GoFormat.format(
                            arguments.text(0),
                            arguments.values().subList(1, arguments.size()),
                            Bounds.DEFAULT.output())),
            entry("html", 0, ANY, arguments -> html(print(arguments))),
            entry("js", 0, ANY, arguments -> js(print(arguments))),
            entry("urlquery", 0, ANY, arguments -> urlQuery(print(arguments))),
            entry("eq", 1, ANY, Builtins::equal),
            entry("ne", 2, 2, arguments -> !Values.equal(arguments.get(0), arguments.get(1))),
            entry("lt", 2, 2, arguments -> Values.less(arguments.get(0), arguments.get(1))),
            entry("le", 2, 2, arguments -> lessOrEqual(arguments.get(0), arguments.get(1))),
            entry("gt", 2, 2, arguments -> !lessOrEqual(arguments.get(0), arguments.get(1))),
            entry("ge", 2, 2, arguments -> !Values.less(arguments.get(0), arguments.get(1))));

    private Builtins() {}

    static Optional<Functions.Entry> find(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    private static Map.Entry<String, Functions.Entry> entry(String name, int least, int most, TemplateFunction body) {
        return Map.entry(name, new Functions.Entry(least, most, body));
    }

    /** As Go: less or equal, which for NaN is neither, so that {@code gt} of it holds. */
    private static boolean lessOrEqual(Object left, Object right) throws TemplateException {
        return Values.less(left, right) || Values.equal(left, right);
    }

    private static Object equal(Arguments arguments) throws TemplateException {
        if (arguments.size() == 1) {
            throw new TemplateException("missing argument for comparison");
        }
        for (int i = 1; i < arguments.size(); i++) {
            if (Values.equal(arguments.get(0), arguments.get(i))) {
                return true;
            }
        }
        return false;
    }

    private static Object length(Arguments arguments) throws TemplateException {
        Object value = arguments.get(0);
        if (value instanceof String text) {
            return (long) text.getBytes(StandardCharsets.UTF_8).length;
        }
        if (value instanceof List<?> list) {
            return (long) list.size();
        }
        if (value instanceof Map<?, ?> map) {
            return (long) map.size();
        }
        throw new TemplateException(value == Nil.NIL ? "len of nil pointer" : "len of type " + Values.typeName(value));
    }

    private static Object index(Arguments arguments) throws TemplateException {
        Object item = arguments.get(0);
        for (int i = 1; i < arguments.size(); i++) {
            Object key = arguments.get(i);
            if (item instanceof Map<?, ?> map) {
                if (!(key instanceof String)) {
                    throw new TemplateException("value has type " + Values.typeName(key) + "; should be string");
                }
                Object found = map.get(key);
                item = found == null ? Nil.NIL : found;
            } else if (item instanceof List<?> list) {
                item = list.get(place(key, list.size() - 1));
            } else if (item instanceof String text) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                item = (long) (bytes[place(key, bytes.length - 1)] & 0xff);
            } else {
                throw new TemplateException(
                        item == Nil.NIL ? "index of untyped nil" : "can't index item of type " + Values.typeName(item));
            }
        }
        return item;
    }

    private static int place(Object key, int last) throws TemplateException {
        if (!(key instanceof Long place)) {
            throw new TemplateException("cannot index slice/array with type " + Values.typeName(key));
        }
        if (place < 0 || place > last) {
            throw new TemplateException("index out of range: " + place);
        }
        return place.intValue();
    }

    private static Object slice(Arguments arguments) throws TemplateException {
        Object item = arguments.get(0);
        int size;
        if (item instanceof String text) {
            size = text.getBytes(StandardCharsets.UTF_8).length;
        } else if (item instanceof List<?> list) {
            size = list.size();
        } else {
            throw new TemplateException("can't slice item of type " + Values.typeName(item));
        }
        int from = arguments.size() > 1 ? place(arguments.get(1), size) : 0;
        int to = arguments.size() > 2 ? place(arguments.get(2), size) : size;
        if (from > to) {
            throw new TemplateException("invalid slice index: " + from + " > " + to);
        }
        if (item instanceof List<?> list) {
            return list.subList(from, to);
        }
        byte[] bytes = item.toString().getBytes(StandardCharsets.UTF_8);
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /** As {@code fmt.Sprint}: a space between two that are no texts. */
    private static String print(Arguments arguments) {
        var text = new StringBuilder();
        for (int i = 0; i < arguments.size(); i++) {
            boolean apart = i > 0 && !(arguments.get(i) instanceof String) && !(arguments.get(i - 1) instanceof String);
            text.append(apart ? " " : "").append(Values.print(arguments.get(i)));
        }
        return text.toString();
    }

    private static String println(Arguments arguments) {
        var text = new StringBuilder();
        for (int i = 0; i < arguments.size(); i++) {
            text.append(i > 0 ? " " : "").append(Values.print(arguments.get(i)));
        }
        return text.append('\n').toString();
    }

    static String html(String text) {
        return text.replace("&", "&amp;")
                .replace("'", "&#39;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&#34;")
                .replace("\0", "\ufffd");
    }

    private static String js(String text) {
        var escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\\' -> escaped.append("\\\\");
                case '\'' -> escaped.append("\\'");
                case '"' -> escaped.append("\\\"");
                case '<', '>', '&', '=' -> escaped.append(String.format("\\u%04X", c));
                default -> {
                    if (c < ' ') {
                        escaped.append(String.format("\\u%04X", c));
                    } else {
                        escaped.appendCodePoint(c);
                    }
                }
            }
        });
        return escaped.toString();
    }

    /** As {@code url.QueryEscape}. */
    static String urlQuery(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
