package org.hearthwatch.store.blocks;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.SampleBuffer;
import org.hearthwatch.api.store.Selection;
import org.hearthwatch.store.head.Series;

/** Series and where their samples come from. */
record BlockSelection(List<Series> series, SeriesRead source, Warnings told) implements Selection {

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
        try {
            source.read(series.get(index), into);
        } catch (UncheckedIOException e) {
            told.damaged(series.get(index) + " could not be read: " + e.getMessage());
        }
    }

    @Override
    public List<String> warnings() {
        return told.all();
    }

    @Override
    public Duration resolution() {
        return source.resolution();
    }

    @Override
    public void close() {
        source.close();
    }
}
