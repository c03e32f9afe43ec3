package org.hearthwatch.api.access;

import java.time.Instant;
import java.util.Optional;

/** What is known of a bearer token; never the token itself. */
public record Token(String name, Scope scope, Instant created, Optional<Instant> expires, Optional<Instant> lastUsed) {}
