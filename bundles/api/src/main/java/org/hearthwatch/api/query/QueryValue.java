package org.hearthwatch.api.query;

import java.util.List;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.api.metric.Sample;

/** What an expression yields. Times are milliseconds since the Unix epoch. */
public sealed interface QueryValue {

    /** The word of the Prometheus HTTP API's {@code resultType}. */
    String type();

    /** One number. */
    record Scalar(long timestamp, double value) implements QueryValue {
        @Override
        public String type() {
            return "scalar";
        }
    }

    /** One text. */
    record Text(long timestamp, String value) implements QueryValue {
        @Override
        public String type() {
            return "string";
        }
    }

    /** One sample a series, all of one moment; the order counts after {@code sort}, {@code topk} and the like. */
    record Vector(List<Sample> samples) implements QueryValue {
        public Vector {
            samples = List.copyOf(samples);
        }

        @Override
        public String type() {
            return "vector";
        }
    }

    /** Many samples a series, sorted by labels. */
    record Matrix(List<Series> series) implements QueryValue {
        public Matrix {
            series = List.copyOf(series);
        }

        @Override
        public String type() {
            return "matrix";
        }
    }

    /**
     * The samples of one series in growing time: two columns of equal length that nobody changes, and those samples that
     * are native histograms, which stand in no column.
     */
    @SuppressWarnings("ArrayRecordComponent") // columns, because results hold millions of points
    record Series(Labels labels, long[] timestamps, double[] values, List<HistogramPoint> histograms) {

        public Series {
            histograms = List.copyOf(histograms);
        }

        /** A series of numbers. */
        public Series(Labels labels, long[] timestamps, double[] values) {
            this(labels, timestamps, values, List.of());
        }

        /** How many numbers. */
        public int size() {
            return timestamps.length;
        }
    }

    /** A native histogram at a time. */
    record HistogramPoint(long timestamp, NativeHistogram histogram) {}
}
