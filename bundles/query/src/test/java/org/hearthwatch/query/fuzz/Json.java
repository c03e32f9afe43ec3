package org.hearthwatch.query.fuzz;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON that is known to be well formed: objects are maps, lists are lists, all else is text. */
final class Json {

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    static Object read(String text) {
        return new Json(text).value();
    }

    private Object value() {
        skip();
        char c = text.charAt(at);
        if (c == '{') {
            Map<String, Object> object = new LinkedHashMap<>();
            at++;
            while (another('}')) {
                String key = string();
                skip();
                at++;
                object.put(key, value());
            }
            return object;
        }
        if (c == '[') {
            List<Object> list = new ArrayList<>();
            at++;
            while (another(']')) {
                list.add(value());
            }
            return list;
        }
        if (c == '"') {
            return string();
        }
        int start = at;
        while (at < text.length() && ",]} \n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    /** Steps over a comma, if there is one; false, and behind it, at the closing character. */
    private boolean another(char close) {
        skip();
        if (text.charAt(at) == ',') {
            at++;
            skip();
        }
        if (text.charAt(at) == close) {
            at++;
            return false;
        }
        return true;
    }

    private void skip() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private String string() {
        var string = new StringBuilder();
        for (at++; text.charAt(at) != '"'; at++) {
            char c = text.charAt(at);
            if (c == '\\') {
                at++;
                c = text.charAt(at);
                switch (c) {
                    case 'n' -> string.append('\n');
                    case 't' -> string.append('\t');
                    case 'r' -> string.append('\r');
                    case 'b' -> string.append('\b');
                    case 'f' -> string.append('\f');
                    case 'u' -> {
                        string.append((char) Integer.parseInt(text.substring(at + 1, at + 5), 16));
                        at += 4;
                    }
                    default -> string.append(c);
                }
            } else {
                string.append(c);
            }
        }
        at++;
        return string.toString();
    }
}
