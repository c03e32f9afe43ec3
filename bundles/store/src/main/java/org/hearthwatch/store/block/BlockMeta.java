package org.hearthwatch.store.block;

/**
 * What stands in a block's footer.
 *
 * @param name of the file in the store's directory
 * @param resolution zero for samples as they came, or the width of the tier's intervals in milliseconds
 * @param level how often it was merged; 0 as it was cut from memory
 * @param from the time of the first sample (of a tier, the end of the first interval), in milliseconds since the epoch;
 *     {@link Long#MAX_VALUE} in a block without series
 * @param to the time of the last sample (of a tier, the end of the last interval); {@link Long#MIN_VALUE} in a block
 *     without series
 * @param samples samples, or intervals of a tier, of all series
 * @param bytes the size of the file
 */
public record BlockMeta(
        String name, long resolution, int level, long from, long to, int series, long samples, long bytes) {}
