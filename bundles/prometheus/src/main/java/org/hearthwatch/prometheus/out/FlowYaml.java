package org.hearthwatch.prometheus.out;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * YAML's flow style, {@code [{source_labels: [a, b], action: drop}]}, as it fits into one line of a setting: lists, maps,
 * plain, single- and double-quoted words. JSON is part of it.
 */
final class FlowYaml {

    private static final int DEEPEST = 8;

    private final String text;
    private int at;

    private FlowYaml(String text) {
        this.text = text;
    }

    /**
     * Lists become {@link List}, maps {@link Map}, everything else {@link String}.
     *
     * @throws IllegalArgumentException saying what is wrong where
     */
    static Object parse(String text) {
        var parser = new FlowYaml(text);
        Object value = parser.value(0);
        parser.blanks();
        if (parser.at < text.length()) {
            throw parser.wrong("the end");
        }
        return value;
    }

    private Object value(int depth) {
        if (depth > DEEPEST) {
            throw wrong("less nesting");
        }
        blanks();
        return switch (peek()) {
            case '[' -> list(depth);
            case '{' -> map(depth);
            default -> word(",]}");
        };
    }

    private List<Object> list(int depth) {
        var list = new ArrayList<Object>();
        at++;
        blanks();
        while (peek() != ']') {
            list.add(value(depth + 1));
            separator(']');
        }
        at++;
        return list;
    }

    private Map<String, Object> map(int depth) {
        var map = new LinkedHashMap<String, Object>();
        at++;
        blanks();
        while (peek() != '}') {
            String key = word(":,]}");
            blanks();
            if (peek() != ':') {
                throw wrong("a colon");
            }
            at++;
            if (map.put(key, value(depth + 1)) != null) {
                throw new IllegalArgumentException(key + " stands twice");
            }
            separator('}');
        }
        at++;
        return map;
    }

    private void separator(char end) {
        blanks();
        if (peek() == ',') {
            at++;
            blanks();
        } else if (peek() != end) {
            throw wrong("a comma or " + end);
        }
    }

    private String word(String ends) {
        char quote = peek();
        if (quote != '"' && quote != '\'') {
            int begin = at;
            while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return text.substring(begin, at).strip();
        }
        var word = new StringBuilder();
        at++;
        while (true) {
            char c = next();
            if (c == quote && quote == '\'' && peek() == '\'') {
                word.append(c);
                at++;
            } else if (c == quote) {
                return word.toString();
            } else {
                word.append(c == '\\' && quote == '"' ? escaped(next()) : c);
            }
        }
    }

    private char escaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case '\\', '"', '/' -> c;
            default -> throw new IllegalArgumentException("\\" + c + " is no escape; write \\\\ for a backslash");
        };
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private char next() {
        if (at == text.length()) {
            throw wrong("a closing quotation mark");
        }
        return text.charAt(at++);
    }

    private void blanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private IllegalArgumentException wrong(String expected) {
        return new IllegalArgumentException("expected " + expected + " at character " + (at + 1));
    }
}
