package org.hearthwatch.prometheus.http;

import java.util.function.BiConsumer;

/** Prometheus' escapings of UTF-8 names, in paths and formats: {@code U__http_2e_status} is {@code http.status}. */
final class EscapedName {

    private static final String ESCAPED = "U__";
    private static final int LONGEST_CODE = 5;

    private EscapedName() {}

    /** The name meant; one that is not escaped, or not well, is meant as it stands. */
    static String plain(String name) {
        if (!name.startsWith(ESCAPED)) {
            return name;
        }
        var plain = new StringBuilder();
        int at = ESCAPED.length();
        while (at < name.length()) {
            char c = name.charAt(at++);
            if (c != '_') {
                plain.append(c);
            } else if (name.startsWith("_", at)) {
                plain.append('_');
                at++;
            } else {
                int end = name.indexOf('_', at);
                int codePoint = end < 0 ? -1 : hex(name.substring(at, end));
                if (codePoint < 0) {
                    return name;
                }
                plain.appendCodePoint(codePoint);
                at = end + 1;
            }
        }
        return plain.toString();
    }

    private static int hex(String digits) {
        if (digits.length() > LONGEST_CODE || !digits.matches("[0-9a-fA-F]+")) {
            return -1;
        }
        int codePoint = Integer.parseInt(digits, 16);
        boolean half = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        return Character.isValidCodePoint(codePoint) && !half ? codePoint : -1;
    }

    /** Whether a name is one that every format takes. */
    static boolean isLegacy(String name, boolean colons) {
        for (int i = 0; i < name.length(); i++) {
            if (!isLegacy(name.charAt(i), i, colons)) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /** With underscores for what the formats were not made for. */
    static String underscored(String name) {
        return replaced(name, (c, into) -> into.append('_'), false);
    }

    /** With dots, and underscores, spelled out. */
    static String dotted(String name) {
        var dotted = new StringBuilder();
        int[] points = name.codePoints().toArray();
        for (int i = 0; i < points.length; i++) {
            if (points[i] == '_') {
                dotted.append("__");
            } else if (points[i] == '.') {
                dotted.append("_dot_");
            } else if (isLegacy(points[i], i, true)) {
                dotted.appendCodePoint(points[i]);
            } else {
                dotted.append("__");
            }
        }
        return dotted.toString();
    }

    /** With the codes of what the formats were not made for, such that {@link #plain} finds back. */
    static String valued(String name) {
        return isLegacy(name, true)
                ? name
                : ESCAPED
                        + replaced(
                                name,
                                (c, into) -> into.append('_')
                                        .append(Integer.toHexString(c))
                                        .append('_'),
                                true);
    }

    private static String replaced(String name, BiConsumer<Integer, StringBuilder> strange, boolean doubling) {
        var replaced = new StringBuilder();
        int[] points = name.codePoints().toArray();
        for (int i = 0; i < points.length; i++) {
            if (points[i] == '_' && doubling) {
                replaced.append("__");
            } else if (isLegacy(points[i], i, true)) {
                replaced.appendCodePoint(points[i]);
            } else {
                strange.accept(points[i], replaced);
            }
        }
        return replaced.toString();
    }

    private static boolean isLegacy(int c, int place, boolean colons) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || c == '_'
                || (c >= '0' && c <= '9' && place > 0)
                || (c == ':' && colons);
    }
}
