package org.hearthwatch.http;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.hearthwatch.api.access.Principal;

/**
 * The gate's yes.
 *
 * @param principal who asks; empty where anyone may
 * @param stillHolds whether the session or token is still good, for answers that go on
 */
record Admission(Optional<Principal> principal, BooleanSupplier stillHolds) {

    /** Let in without credentials. */
    static final Admission ANYONE = new Admission(Optional.empty(), () -> true);
}
