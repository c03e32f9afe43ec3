package org.hearthwatch.prometheus.in;

import org.hearthwatch.api.metric.Labels;

/** A series' labels while they are read, and whether they may be a series' labels. Not thread-safe; reused. */
final class SeriesLabels {

    private Labels.Builder labels = Labels.builder();
    private String fault = "";

    void clear() {
        labels = Labels.builder();
        fault = "";
    }

    void add(String name, String value) {
        if (name.isEmpty()) {
            fault = "invalid metric name or labels";
        } else if (labels.contains(name)) {
            fault = "invalid labels for series, duplicated label " + name;
        } else {
            labels.set(name, value);
        }
    }

    /** Why these are no series' labels; empty when they are. */
    String fault() {
        return fault.isEmpty() && !labels.contains(Labels.NAME) ? "invalid metric name or labels" : fault;
    }

    Labels.Builder builder() {
        return labels;
    }

    @Override
    public String toString() {
        return labels.build().toString();
    }
}
