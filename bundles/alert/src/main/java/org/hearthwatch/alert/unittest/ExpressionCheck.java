package org.hearthwatch.alert.unittest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hearthwatch.alert.text.GoNumber;
import org.hearthwatch.alert.text.GoText;
import org.hearthwatch.alert.text.PromDuration;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.query.QueryEngine;
import org.hearthwatch.api.query.QueryException;
import org.hearthwatch.api.query.QueryValue;

/** Holds the answer to an expression against what it should be. */
record ExpressionCheck(UnitTestFile.TestGroup test, QueryEngine engine, boolean fuzzy) {

    /** A sample with all that is compared; the histogram is empty for a number. */
    private record Compared(Labels labels, double value, String histogram) {

        static Compared of(Sample sample) {
            String histogram = sample.histogram().map(HistogramNotation::format).orElse("");
            return new Compared(sample.labels(), histogram.isEmpty() ? sample.value() : 0, histogram);
        }

        @Override
        public String toString() {
            String shown = histogram.isEmpty() ? GoNumber.format(value, 'E', GoNumber.SHORTEST) : histogram;
            return Differences.labels(labels.asMap()) + " " + shown;
        }
    }

    /** What differs, in promtool's words. */
    Optional<String> check(UnitTestFile.ExpressionCase expression) {
        String subject = "    expr: " + GoText.quote(expression.expression()) + ", time: "
                + PromDuration.format(expression.at()) + ",";
        List<Compared> got;
        List<Compared> expected;
        try {
            got = ask(expression.expression(), test.start().plus(expression.at()));
            expected = expected(expression.expected());
        } catch (QueryException | IllegalArgumentException e) {
            return Optional.of(subject + " err: " + e.getMessage());
        }
        if (same(expected, got)) {
            return Optional.empty();
        }
        return Optional.of(subject + "\n        exp: " + shown(expected) + "\n        got: " + shown(got));
    }

    private List<Compared> ask(String expression, Instant at) throws QueryException {
        QueryValue value = engine.instant(expression, at).value();
        if (value instanceof QueryValue.Vector vector) {
            return sorted(vector.samples().stream().map(Compared::of).toList());
        }
        if (value instanceof QueryValue.Scalar scalar) {
            return List.of(new Compared(Labels.EMPTY, scalar.value(), ""));
        }
        throw new IllegalArgumentException("rule result is not a vector or scalar");
    }

    private static List<Compared> expected(List<UnitTestFile.ExpectedSample> samples) {
        var expected = new ArrayList<Compared>();
        for (UnitTestFile.ExpectedSample sample : samples) {
            Labels labels;
            try {
                labels = SeriesNotation.labels(sample.labels());
            } catch (NotationException e) {
                throw new IllegalArgumentException(
                        "labels " + GoText.quote(sample.labels()) + ": " + e.getMessage(), e);
            }
            String histogram = sample.histogram().isEmpty() ? "" : canonical(sample.histogram());
            expected.add(new Compared(labels, histogram.isEmpty() ? sample.value() : 0, histogram));
        }
        return sorted(expected);
    }

    private static String canonical(String histogram) {
        List<Optional<SeriesNotation.Value>> values =
                SeriesNotation.series("{} " + histogram).values();
        if (values.size() != 1) {
            throw new IllegalArgumentException(
                    "expecting exactly one value for histogram " + GoText.quote(histogram) + ", got " + values.size());
        }
        return values.get(0)
                .flatMap(SeriesNotation.Value::histogram)
                .map(HistogramNotation::format)
                .orElseThrow(
                        () -> new IllegalArgumentException("expecting a histogram, got " + GoText.quote(histogram)));
    }

    private static List<Compared> sorted(List<Compared> samples) {
        return samples.stream().sorted(Comparator.comparing(Compared::labels)).toList();
    }

    private boolean same(List<Compared> expected, List<Compared> got) {
        if (expected.size() != got.size()) {
            return false;
        }
        for (int i = 0; i < expected.size(); i++) {
            Compared want = expected.get(i);
            Compared have = got.get(i);
            if (!want.labels().equals(have.labels())
                    || !want.histogram().equals(have.histogram())
                    || !same(want.value(), have.value())) {
                return false;
            }
        }
        return true;
    }

    private boolean same(double one, double other) {
        if (one == other || (Double.isNaN(one) && Double.isNaN(other))) {
            return true;
        }
        return fuzzy
                && Math.max(Math.nextDown(one), Math.nextDown(other)) <= Math.min(Math.nextUp(one), Math.nextUp(other));
    }

    private static String shown(List<Compared> samples) {
        return samples.isEmpty()
                ? "nil"
                : samples.stream().map(Compared::toString).collect(Collectors.joining(", "));
    }
}
