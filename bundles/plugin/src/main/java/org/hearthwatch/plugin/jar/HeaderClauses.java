package org.hearthwatch.plugin.jar;

import java.util.ArrayList;
import java.util.List;

/** Splits a manifest header such as {@code a;b;version="[1,2)",c} into its paths, {@code a b c}; OSGi Core 8, §3.2.4. */
final class HeaderClauses {

    private HeaderClauses() {}

    /** The paths of all clauses, without attributes and directives. */
    static List<String> paths(String header) {
        List<String> paths = new ArrayList<>();
        for (String clause : split(header, ',')) {
            for (String part : split(clause, ';')) {
                String path = part.trim();
                if (!path.isEmpty() && path.indexOf('=') < 0) {
                    paths.add(path);
                }
            }
        }
        return paths;
    }

    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }
}
