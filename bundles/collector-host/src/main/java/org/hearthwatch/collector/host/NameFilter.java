package org.hearthwatch.collector.host;

import java.util.regex.Pattern;

/**
 * Which devices, mount points or units are reported. Patterns are found anywhere in the name, as node_exporter does, so
 * anchor them with {@code ^} and {@code $}; an empty pattern says nothing.
 */
public final class NameFilter {

    /** Lets everything through. */
    public static final NameFilter ALL = new NameFilter("", "");

    private final String include;
    private final String exclude;
    private final Pattern included;
    private final Pattern excluded;

    private NameFilter(String include, String exclude) {
        this.include = include;
        this.exclude = exclude;
        this.included = Pattern.compile(include);
        this.excluded = Pattern.compile(exclude);
    }

    /** @throws java.util.regex.PatternSyntaxException if one is no regular expression */
    public static NameFilter of(String include, String exclude) {
        return new NameFilter(include, exclude);
    }

    /** These names without those another pattern finds. */
    public NameFilter andNot(String pattern) {
        return new NameFilter(include, exclude.isEmpty() ? pattern : "(?:" + exclude + ")|(?:" + pattern + ")");
    }

    public boolean accepts(String name) {
        return (include.isEmpty() || included.matcher(name).find())
                && (exclude.isEmpty() || !excluded.matcher(name).find());
    }
}
