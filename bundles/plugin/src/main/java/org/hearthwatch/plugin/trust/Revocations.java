package org.hearthwatch.plugin.trust;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What counts no more: a line {@code key FINGERPRINT} or {@code file SHA256} each, whatever follows is for people.
 *
 * @param problems lines that are neither, as {@code LINE: what is wrong}
 */
record Revocations(Set<String> keys, Set<String> files, List<String> problems) {

    static final Revocations NONE = new Revocations(Set.of(), Set.of(), List.of());

    private static final Pattern LINE = Pattern.compile("(key|file) ([0-9a-f]{64})( .*)?");

    static Revocations parse(String text) {
        Set<String> keys = new HashSet<>();
        Set<String> files = new HashSet<>();
        List<String> problems = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\r?\n", -1)) {
            number++;
            String plain = line.strip();
            Matcher match = LINE.matcher(plain);
            if (match.matches()) {
                (match.group(1).equals("key") ? keys : files).add(match.group(2));
            } else if (!plain.isEmpty() && !plain.startsWith("#")) {
                problems.add(number + ": a line is \"key FINGERPRINT\" or \"file SHA256\" with all 64 digits");
            }
        }
        return new Revocations(Set.copyOf(keys), Set.copyOf(files), List.copyOf(problems));
    }
}
