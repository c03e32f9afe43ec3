package org.hearthwatch.collector.host.kernel;

/**
 * How full a file system is.
 *
 * @param sizeBytes all of it
 * @param freeBytes what root may still use
 * @param availableBytes what others may still use
 * @param files how many inodes it can hold; NaN where unknown
 * @param filesFree how many more inodes it can hold; NaN where unknown
 */
public record FileSystemUsage(
        double sizeBytes, double freeBytes, double availableBytes, double files, double filesFree) {}
