package org.hearthwatch.query.evaluation;

import com.google.re2j.Matcher;

/**
 * A replacement text with references to groups, as the Go language expands them: {@code $1}, {@code $name},
 * {@code ${name}}, {@code $$} for a dollar sign. A name is as long as it can be; unknown groups are empty.
 */
record Template(String text) {

    String expand(Matcher matcher) {
        var expanded = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i++);
            if (c != '$') {
                expanded.append(c);
            } else if (i < text.length() && text.charAt(i) == '$') {
                expanded.append('$');
                i++;
            } else {
                boolean braced = i < text.length() && text.charAt(i) == '{';
                int start = braced ? i + 1 : i;
                int end = start;
                while (end < text.length() && isWord(text.charAt(end))) {
                    end++;
                }
                boolean closed = !braced || (end < text.length() && text.charAt(end) == '}');
                if (end == start || !closed) {
                    // Malformed: Go copies the dollar sign and goes on.
                    expanded.append('$');
                } else {
                    expanded.append(group(matcher, text.substring(start, end)));
                    i = braced ? end + 1 : end;
                }
            }
        }
        return expanded.toString();
    }

    private static boolean isWord(char c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }

    private static String group(Matcher matcher, String name) {
        String found = null;
        if (name.chars().allMatch(c -> c >= '0' && c <= '9')) {
            boolean known = name.length() <= 4 && Integer.parseInt(name) <= matcher.groupCount();
            found = known ? matcher.group(Integer.parseInt(name)) : null;
        } else if (matcher.pattern().namedGroups().containsKey(name)) {
            found = matcher.group(name);
        }
        return found == null ? "" : found;
    }
}
