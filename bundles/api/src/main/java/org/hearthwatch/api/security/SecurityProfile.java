package org.hearthwatch.api.security;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A choice of settings that belong together. */
public enum SecurityProfile {
    /** What every appliance starts with. */
    STANDARD,
    /** Shorter sessions, fewer attempts, and connections only to listed destinations. */
    HIGH,
    /** As {@link #HIGH}, and nothing leaves for public addresses. */
    AIRGAP;

    /** As people write it: {@code standard}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<SecurityProfile> of(String word) {
        return Stream.of(values()).filter(each -> each.word().equals(word)).findFirst();
    }
}
