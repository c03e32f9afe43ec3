package org.hearthwatch.store.head;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.hearthwatch.api.metric.Labels;
import org.jspecify.annotations.Nullable;

/**
 * Finds series by their labels: places by hash, and the next free one where that is taken, since a map's entry for each
 * of very many series is one more object for the collector to look at. One writer at a time, any number of readers, which
 * may miss what is put in meanwhile.
 */
final class ByLabels {

    private static final int FIRST = 1024;

    /** Stands where one was that is gone, so that those behind it are found. */
    private static final Series GONE = new Series(0, Labels.EMPTY, new SeriesRoom(1));

    private volatile AtomicReferenceArray<@Nullable Series> places = new AtomicReferenceArray<>(FIRST);
    private int size;
    private int taken;

    /** The series with these labels, where there is one. */
    @SuppressWarnings("ReferenceEquality") // there is one mark
    @Nullable
    Series get(Labels labels) {
        var now = places;
        int mask = now.length() - 1;
        int place = spread(labels.hashCode()) & mask;
        while (true) {
            // Read once: the next moment another may be there.
            Series there = now.get(place);
            if (there == null || (there != GONE && there.labels().equals(labels))) {
                return there;
            }
            place = place + 1 & mask;
        }
    }

    /** For the writer: the place of a series, or else the free one that it would have. */
    @SuppressWarnings("ReferenceEquality") // the very one is looked for
    private static int placeOf(Series series, AtomicReferenceArray<@Nullable Series> places) {
        int mask = places.length() - 1;
        int place = spread(series.labels().hashCode()) & mask;
        for (Series there = places.get(place); there != null && there != series; there = places.get(place)) {
            place = place + 1 & mask;
        }
        return place;
    }

    private static int spread(int hash) {
        int product = hash * 0x9e37_79b9;
        return product ^ product >>> 16;
    }

    /** Puts a series in of whose labels there is none. */
    void add(Series series) {
        if (taken >= places.length() / 2) {
            renew();
        }
        places.set(placeOf(series, places), series);
        size++;
        taken++;
    }

    /** With room for as many again, and without places of those that are gone. */
    @SuppressWarnings("ReferenceEquality") // there is one mark
    private void renew() {
        var before = places;
        int room = Math.max(FIRST, 4 * Integer.highestOneBit(Math.max(1, size)));
        var after = new AtomicReferenceArray<@Nullable Series>(room);
        for (int i = 0; i < before.length(); i++) {
            Series one = before.get(i);
            if (one != null && one != GONE) {
                after.set(placeOf(one, after), one);
            }
        }
        taken = size;
        places = after;
    }

    /** Takes a series out. @return whether it was there */
    boolean remove(Series series) {
        int place = placeOf(series, places);
        if (places.get(place) == null) {
            return false;
        }
        places.set(place, GONE);
        size--;
        return true;
    }

    int size() {
        return size;
    }
}
