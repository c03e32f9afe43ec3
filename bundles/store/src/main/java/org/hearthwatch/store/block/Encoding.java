package org.hearthwatch.store.block;

/** How much work goes into making a block small. Both read alike. */
public enum Encoding {
    /** Little: for blocks that are soon merged. */
    FAST,
    /** Every way is tried. */
    SMALL
}
