package org.hearthwatch.collect;

import org.hearthwatch.api.metric.Labels;

/** A series as stored, kept from run to run so that its labels are made once. */
final class Series {

    final Labels labels;
    /** The newest run that reported it. */
    long run = -1;

    Series(Labels labels) {
        this.labels = labels;
    }
}
