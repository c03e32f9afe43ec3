package org.hearthwatch.plugin.jar;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A bundle's version as OSGi counts: three numbers and a word, {@code 1.2.0.beta}; what is missing is zero and empty. */
public record PluginVersion(int major, int minor, int micro, String qualifier) implements Comparable<PluginVersion> {

    private static final Pattern FORM =
            Pattern.compile("(\\d{1,9})(?:\\.(\\d{1,9})(?:\\.(\\d{1,9})(?:\\.([A-Za-z0-9_-]{1,100}))?)?)?");
    private static final Comparator<PluginVersion> ORDER = Comparator.comparingInt(PluginVersion::major)
            .thenComparingInt(PluginVersion::minor)
            .thenComparingInt(PluginVersion::micro)
            .thenComparing(PluginVersion::qualifier);

    /** @throws IllegalArgumentException if it is none */
    public static PluginVersion parse(String text) {
        Matcher match = FORM.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException(
                    "is no version: " + (text.length() > 40 ? text.substring(0, 40) + "…" : text));
        }
        return new PluginVersion(
                number(match.group(1)),
                number(match.group(2)),
                number(match.group(3)),
                match.group(4) == null ? "" : match.group(4));
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    @Override
    public int compareTo(PluginVersion other) {
        return ORDER.compare(this, other);
    }
}
