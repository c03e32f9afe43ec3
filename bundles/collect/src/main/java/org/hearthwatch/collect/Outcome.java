package org.hearthwatch.collect;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a run went.
 *
 * @param error why it failed, for people; empty when it succeeded
 * @param sink what it reported; of use only when it succeeded
 * @param refused how many samples were refused with it
 */
record Outcome(Instant began, Duration duration, Optional<String> error, Optional<RunSink> sink, int refused) {}
