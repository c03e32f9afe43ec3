package org.hearthwatch.api.alert;

import java.time.Instant;
import java.util.Optional;

/**
 * That somebody has seen an alert and looks after it: it is not told again while it fires on.
 *
 * @param by who
 * @param comment may be empty
 * @param until after which it counts no longer; for as long as the alert fires where there is none
 */
public record Acknowledgement(String by, String comment, Instant at, Optional<Instant> until) {}
