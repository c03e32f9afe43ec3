package org.hearthwatch.api.store;

import java.util.ArrayDeque;
import java.util.regex.Pattern;

/**
 * How large the program of a pattern becomes, about and rather more than less. A few characters can ask for a program
 * that does not fit into memory, {@code ((x{1000}){1000}){1000}}, and RE2/J would try to make it.
 */
public final class PatternSize {

    private static final Pattern REPETITION = Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?\\}");
    private static final long MOST = Integer.MAX_VALUE;

    private final String pattern;
    private final ArrayDeque<Long> outer = new ArrayDeque<>();
    private long total;
    private long last;
    private int at;

    private PatternSize(String pattern) {
        this.pattern = pattern;
    }

    /** The size of a pattern, valid or not, in instructions. */
    public static long of(String pattern) {
        var size = new PatternSize(pattern);
        while (size.at < pattern.length()) {
            size.next();
        }
        // Groups that are not closed make no program.
        return size.total;
    }

    private void next() {
        char c = pattern.charAt(at++);
        switch (c) {
            case '\\' -> escape();
            case '[' -> characterClass();
            case '(' -> {
                outer.push(total);
                total = 0;
                last = 0;
            }
            case ')' -> {
                last = total + 2;
                total = last + (outer.isEmpty() ? 0 : outer.pop());
            }
            case '{' -> repetition();
            default -> one();
        }
    }

    private void one() {
        last = 1;
        total++;
    }

    private void escape() {
        boolean named =
                at + 1 < pattern.length() && "xpP".indexOf(pattern.charAt(at)) >= 0 && pattern.charAt(at + 1) == '{';
        int end = named ? pattern.indexOf('}', at) : at;
        at = end < 0 ? pattern.length() : end + 1;
        one();
    }

    private void characterClass() {
        int from = at < pattern.length() && pattern.charAt(at) == '^' ? at + 1 : at;
        int end = from + 1;
        while (end < pattern.length() && pattern.charAt(end) != ']') {
            end += pattern.charAt(end) == '\\' ? 2 : 1;
        }
        at = Math.min(end + 1, pattern.length());
        one();
    }

    private void repetition() {
        var repetition = REPETITION.matcher(pattern).region(at - 1, pattern.length());
        if (!repetition.lookingAt()) {
            one();
            return;
        }
        long least = Long.parseLong(repetition.group(1));
        String most = repetition.group(2);
        long times = most == null ? least : most.isEmpty() ? least + 1 : Long.parseLong(most);
        long repeated = Math.min(MOST, last * Math.max(1, times));
        total = Math.min(MOST, total - last + repeated);
        last = repeated;
        at = repetition.end();
    }
}
