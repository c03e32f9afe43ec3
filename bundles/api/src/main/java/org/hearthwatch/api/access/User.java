package org.hearthwatch.api.access;

import java.time.Instant;
import java.util.Optional;

/** A person who may sign in. */
public record User(String name, Scope scope, Instant created, Optional<Instant> lastSignIn) {}
