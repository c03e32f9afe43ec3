package org.hearthwatch.plugin;

import java.time.Duration;

/**
 * How the engine treats what it finds.
 *
 * @param maxFileBytes a longer file is refused unread
 * @param maxFiles more files than this are left alone
 * @param startTimeout how long a plugin may take to start
 * @param stopTimeout how long it may take to stop, and its threads to end
 */
public record Settings(long maxFileBytes, int maxFiles, Duration startTimeout, Duration stopTimeout) {}
