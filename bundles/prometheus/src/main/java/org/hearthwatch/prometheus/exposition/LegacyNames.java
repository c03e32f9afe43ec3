package org.hearthwatch.prometheus.exposition;

/**
 * Names as text format 0.0.4 and OpenMetrics 1.0 allow them; what they do not allow becomes an underscore, as in
 * Prometheus' escaping scheme {@code underscores}.
 */
final class LegacyNames {

    private LegacyNames() {}

    /** {@code [a-zA-Z_:][a-zA-Z0-9_:]*}. */
    static String metric(String name) {
        return escaped(name, true);
    }

    /** {@code [a-zA-Z_][a-zA-Z0-9_]*}. */
    static String label(String name) {
        return escaped(name, false);
    }

    private static String escaped(String name, boolean colons) {
        if (isLegacy(name, colons)) {
            return name;
        }
        var escaped = new StringBuilder(name.length());
        name.codePoints()
                .map(c -> isAllowed(c, escaped.isEmpty(), colons) ? c : '_')
                .forEachOrdered(escaped::appendCodePoint);
        return escaped.toString();
    }

    private static boolean isLegacy(String name, boolean colons) {
        for (int i = 0; i < name.length(); i++) {
            if (!isAllowed(name.charAt(i), i == 0, colons)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAllowed(int c, boolean first, boolean colons) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || c == '_'
                || (c >= '0' && c <= '9' && !first)
                || (c == ':' && colons);
    }
}
