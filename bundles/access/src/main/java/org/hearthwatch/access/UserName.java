package org.hearthwatch.access;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.hearthwatch.api.access.Refusal;

/** The names of people: plain ASCII, so that no two look alike, and the case does not count. */
final class UserName {

    private static final Pattern ALLOWED = Pattern.compile("[a-z0-9][a-z0-9._-]{0,31}");

    /** Names that mean somebody else in the audit log. */
    private static final Set<String> RESERVED = Set.of("operator", "appliance");

    private UserName() {}

    /** The one spelling of a name to be given to someone. */
    static String of(String name) throws Refusal {
        return find(name)
                .filter(found -> !RESERVED.contains(found))
                .orElseThrow(() -> new Refusal(
                        Refusal.Kind.INVALID,
                        "A user name has 1 to 32 of the characters a-z, 0-9, dot, dash and underscore, and begins with a letter or"
                                + " digit; operator and appliance are taken."));
    }

    /** The one spelling of a name that someone typed; empty if nobody can have it. */
    static Optional<String> find(String name) {
        String canonical = name.toLowerCase(Locale.ROOT);
        return name.length() <= 32 && ALLOWED.matcher(canonical).matches() ? Optional.of(canonical) : Optional.empty();
    }

    /** @throws IllegalArgumentException if it is not a name in its one spelling */
    static void check(String name) {
        if (!ALLOWED.matcher(name).matches()) {
            throw new IllegalArgumentException("a user name is not allowed");
        }
    }
}
