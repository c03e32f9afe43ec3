package org.hearthwatch.alert.template;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/** Go's regular expressions, which are RE2's: found in linear time whatever the pattern. */
public final class GoRegex {

    private final Pattern pattern;

    private GoRegex(Pattern pattern) {
        this.pattern = pattern;
    }

    /** @throws TemplateException if the pattern is none */
    public static GoRegex of(String pattern) throws TemplateException {
        try {
            return new GoRegex(Pattern.compile(pattern));
        } catch (PatternSyntaxException e) {
            throw new TemplateException("error parsing regexp: " + e.getDescription() + ": `" + e.getPattern() + "`");
        }
    }

    /** Whether the pattern is found anywhere. */
    public boolean finds(String text) {
        return pattern.matcher(text).find();
    }

    /** Every match replaced; {@code $1}, {@code ${1}} and {@code ${name}} stand for groups. */
    public String replaceAll(String text, String replacement) {
        Matcher matcher = pattern.matcher(text);
        var out = new StringBuilder();
        int from = 0;
        while (matcher.find()) {
            out.append(text, from, matcher.start());
            expand(replacement, matcher, out);
            from = matcher.end();
        }
        return out.append(text, from, text.length()).toString();
    }

    private void expand(String replacement, Matcher matcher, StringBuilder out) {
        for (int i = 0; i < replacement.length(); i++) {
            char c = replacement.charAt(i);
            if (c != '$' || i + 1 >= replacement.length()) {
                out.append(c);
            } else if (replacement.charAt(i + 1) == '$') {
                out.append('$');
                i++;
            } else {
                boolean braced = replacement.charAt(i + 1) == '{';
                int start = braced ? i + 2 : i + 1;
                int end = start;
                while (end < replacement.length() && isWord(replacement.charAt(end))) {
                    end++;
                }
                boolean closed = !braced || (end < replacement.length() && replacement.charAt(end) == '}');
                if (end == start || !closed) {
                    out.append(c);
                } else {
                    out.append(group(matcher, replacement.substring(start, end)));
                    i = braced ? end : end - 1;
                }
            }
        }
    }

    private String group(Matcher matcher, String name) {
        if (name.chars().allMatch(Character::isDigit)) {
            boolean known = name.length() < 9 && Integer.parseInt(name) <= matcher.groupCount();
            String found = known ? matcher.group(Integer.parseInt(name)) : null;
            return found == null ? "" : found;
        }
        String found = pattern.namedGroups().containsKey(name) ? matcher.group(name) : null;
        return found == null ? "" : found;
    }

    private static boolean isWord(char c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }
}
