package org.hearthwatch.api.access;

import java.util.Locale;

/** How far a person or token may go; of the first three, each includes those before it. */
public enum Scope {
    /** Look at everything but secrets. */
    READ,
    /** Also change what is watched and acknowledge what is reported. */
    WRITE,
    /** Also manage people, tokens, plugins and settings. */
    ADMIN,
    /** Send samples of one source, and nothing else; for tokens only. Whoever may write may do that too. */
    PUSH;

    public boolean covers(Scope needed) {
        if (this == PUSH || needed == PUSH) {
            return needed == PUSH && this != READ;
        }
        return compareTo(needed) >= 0;
    }

    /** The word used in commands and the API, such as {@code read}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if the word is none of {@code read}, {@code write}, {@code admin}, {@code push} */
    public static Scope of(String word) {
        for (Scope scope : values()) {
            if (scope.word().equals(word)) {
                return scope;
            }
        }
        throw new IllegalArgumentException("\"" + word + "\" is not a scope; there are read, write, admin and push");
    }
}
