package org.hearthwatch.store;

import java.util.List;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.api.store.Selection;
import org.hearthwatch.store.head.Series;

/** Series in memory, between two times. */
record HeadSelection(List<Series> series, long from, long to, List<String> warnings) implements Selection {

    @Override
    public int size() {
        return series.size();
    }

    @Override
    public Labels labels(int index) {
        return series.get(index).labels();
    }

    @Override
    public void read(int index, SampleBuffer into) {
        into.clear();
        series.get(index).read(from, to, into);
    }

    @Override
    public void close() {
        // Memory only: nothing is held that would have to be let go.
    }
}
