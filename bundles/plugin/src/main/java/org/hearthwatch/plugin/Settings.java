package org.hearthwatch.plugin;

import java.time.Duration;

/**
 * How the engine treats what it finds.
 *
 * @param maxFileBytes a longer file is refused unread
 * @param maxFiles more files than this are left alone
 * @param startTimeout how long a plugin may take to start
 * @param stopTimeout how long it may take to stop, and its threads to end
 * @param trial how long a new version has until the collectors that worked before have to work again
 * @param unsignedByApproval whether a person may let in what no trusted key signed
 */
public record Settings(
        long maxFileBytes,
        int maxFiles,
        Duration startTimeout,
        Duration stopTimeout,
        Duration trial,
        boolean unsignedByApproval) {}
