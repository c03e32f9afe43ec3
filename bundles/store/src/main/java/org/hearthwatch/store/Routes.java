package org.hearthwatch.store;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.store.head.Series;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the series of batches in their order. A producer that keeps its {@link Labels} sends the same instances in
 * the same order again and again: then one comparison of references finds the series, where a look into the head compares
 * texts. Batches are told apart by their first labels. Those of producers that make their labels anew are let alone after
 * one that was of no use, for a number of batches.
 *
 * <p>What is remembered is bounded: when there is too much of it, all is forgotten and learnt again. Thread-safe.
 */
final class Routes {

    /** How many labels are remembered, at eight bytes each. */
    static final int MOST_PLACES = 1 << 17;

    private static final int MOST_ROUTES = 4096;
    private static final int REST = 16;

    private final ConcurrentMap<Labels, Route> routes = new ConcurrentHashMap<>();
    private final AtomicInteger places = new AtomicInteger();

    /** The labels of a batch and their series, and for how many batches it is not worth looking. */
    @SuppressWarnings("ArrayRecordComponent") // columns of thousands
    private record Route(Labels[] labels, Series[] series, AtomicInteger rest) {

        static final Labels[] NO_LABELS = {};
        static final Series[] NO_SERIES = {};

        /** One that helps nobody. */
        static Route resting() {
            return new Route(NO_LABELS, NO_SERIES, new AtomicInteger(REST));
        }
    }

    /** Begins with a batch; {@link Walk#end} must follow. */
    Walk begin(SampleBatch batch) {
        if (batch.size() == 0) {
            return new Walk(Labels.EMPTY, null, 0);
        }
        Labels first = batch.series(0);
        Route route = routes.get(first);
        boolean learns = route == null || (route.labels.length == 0 && route.rest.decrementAndGet() < 0);
        return new Walk(first, route, learns ? Math.min(batch.size(), MOST_PLACES) : 0);
    }

    private void replace(Labels first, Route with) {
        if (routes.size() >= MOST_ROUTES || places.get() + with.labels.length > MOST_PLACES) {
            routes.clear();
            places.set(0);
        }
        Route before = routes.put(first, with);
        places.addAndGet(with.labels.length - (before == null ? 0 : before.labels.length));
    }

    /** The way through one batch. Not thread-safe. */
    final class Walk {

        private final Labels first;
        private final Labels[] labels;
        private final Series[] series;
        private int size;
        private int at;
        private int missed;
        private int asked;
        private boolean around;
        private final boolean learning;

        private Walk(Labels first, @Nullable Route route, int room) {
            this.first = first;
            this.learning = room > 0;
            this.labels = learning || route == null ? new Labels[room] : route.labels;
            this.series = learning || route == null ? new Series[room] : route.series;
            this.size = learning ? 0 : labels.length;
        }

        /** The series of these labels, where that is remembered; it may be gone. */
        @SuppressWarnings("ReferenceEquality") // the same object, as senders keep them: that is what makes it quick
        @Nullable
        Series find(Labels wanted) {
            if (learning || size == 0) {
                return null;
            }
            asked++;
            if (at < size && labels[at] == wanted) {
                return series[at++];
            }
            if (at + 1 < size && labels[at + 1] == wanted) {
                // One that was there did not come this time.
                at += 2;
                return series[at - 1];
            }
            if (labels[0] == wanted) {
                // The same series again, at another time.
                at = 1;
                return series[0];
            }
            missed++;
            return null;
        }

        /** Says that the series found last is gone. */
        void gone() {
            missed++;
        }

        /** Notes the series of labels that were looked up. */
        @SuppressWarnings("ReferenceEquality") // as above
        void found(Labels looked, Series there) {
            // From the first that comes again on there is nothing new.
            around |= size > 0 && labels[0] == looked;
            if (learning && !around && size < labels.length) {
                labels[size] = looked;
                series[size] = there;
                size++;
            }
        }

        /** Keeps what was learnt, or gives up what was of no use. */
        void end() {
            if (learning) {
                replace(
                        first,
                        new Route(Arrays.copyOf(labels, size), Arrays.copyOf(series, size), new AtomicInteger()));
            } else if (missed > asked / 4) {
                replace(first, Route.resting());
            }
        }
    }
}
