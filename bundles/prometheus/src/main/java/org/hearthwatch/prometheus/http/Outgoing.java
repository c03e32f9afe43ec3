package org.hearthwatch.prometheus.http;

import java.util.concurrent.atomic.AtomicLong;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.query.QueryValue;

/**
 * Answers that are on their way. An asker may take his slowly, and its memory is no longer the query's: what all of them
 * hold is bounded here. Small ones always go. Thread-safe.
 */
final class Outgoing {

    /** How many bytes all answers that are being sent may hold, about. */
    static final long MOST = 64L << 20;

    private static final long SMALL = 64L << 10;
    private static final long SERIES_BYTES = 200;
    private static final long POINT_BYTES = 16;
    private static final long HISTOGRAM_BYTES = 1000;

    private final AtomicLong held;

    /** @param held where the bytes are counted */
    Outgoing(AtomicLong held) {
        this.held = held;
    }

    /** The memory of one answer, until it is sent. */
    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /** @throws ApiProblem a 503 if there is no room */
    Place place(QueryValue answer) throws ApiProblem {
        long bytes = bytes(answer);
        if (bytes <= SMALL) {
            return () -> {};
        }
        if (held.addAndGet(bytes) > MOST && held.get() > bytes) {
            held.addAndGet(-bytes);
            throw ApiProblem.unavailable(
                    "answers that others have not taken yet leave no memory for this one; try again later, or ask for fewer"
                            + " series or a larger step");
        }
        return () -> held.addAndGet(-bytes);
    }

    private static long bytes(QueryValue answer) {
        long bytes = 0;
        if (answer instanceof QueryValue.Vector vector) {
            for (Sample sample : vector.samples()) {
                bytes += SERIES_BYTES
                        + text(sample.labels())
                        + (sample.histogram().isPresent() ? HISTOGRAM_BYTES : 0);
            }
        } else if (answer instanceof QueryValue.Matrix matrix) {
            for (QueryValue.Series series : matrix.series()) {
                bytes += SERIES_BYTES
                        + text(series.labels())
                        + POINT_BYTES * series.size()
                        + HISTOGRAM_BYTES * series.histograms().size();
            }
        }
        return bytes;
    }

    private static long text(Labels labels) {
        var characters = new long[1];
        labels.forEach((name, value) -> characters[0] += name.length() + value.length());
        return characters[0];
    }
}
