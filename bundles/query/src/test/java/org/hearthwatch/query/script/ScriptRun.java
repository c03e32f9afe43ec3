package org.hearthwatch.query.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.query.QueryEngine;
import org.hearthwatch.api.query.QueryException;
import org.hearthwatch.api.query.QueryResult;
import org.hearthwatch.api.query.QueryValue;
import org.hearthwatch.query.script.Script.Eval;
import org.hearthwatch.query.script.Script.Expectation;
import org.hearthwatch.testkit.MemorySeries;

/** Loads data and asks questions as a script says. Not thread-safe. */
final class ScriptRun {

    /** How far apart numbers may be, relative to their size, and still count as equal. */
    private static final double TOLERANCE = 1e-9;

    private final MemorySeries store;
    private final QueryEngine engine;

    ScriptRun(MemorySeries store, QueryEngine engine) {
        this.store = store;
        this.engine = engine;
    }

    void load(Script.Load load) {
        for (SeriesLine line : load.series()) {
            long time = 0;
            for (double value : line.values()) {
                if (!SeriesLine.isGap(value)) {
                    store.put(line.labels(), time, value);
                }
                time += load.interval().toMillis();
            }
        }
    }

    void check(Eval eval) throws QueryException {
        if (eval.expects("fail")) {
            var failure = catchThrowableOfType(QueryException.class, () -> ask(eval));
            assertThat(failure).as("the refusal").isNotNull();
            eval.expectations()
                    .forEach(expected -> assertThat(failure.getMessage()).containsPattern(expected.pattern()));
            return;
        }
        QueryResult result = ask(eval);
        checkNotes(eval, "warn", result.warnings());
        checkNotes(eval, "info", result.infos());
        checkValue(eval, result.value());
        boolean comparable = result.value() instanceof QueryValue.Vector || result.value() instanceof QueryValue.Scalar;
        if (eval.isInstant() && comparable && !eval.expects("ordered")) {
            checkAsRange(eval);
        }
    }

    private QueryResult ask(Eval eval) throws QueryException {
        Instant start = Instant.ofEpochMilli(eval.start());
        return eval.isInstant()
                ? engine.instant(eval.expression(), start)
                : engine.range(
                        eval.expression(), start, Instant.ofEpochMilli(eval.end()), Duration.ofMillis(eval.step()));
    }

    private static void checkNotes(Eval eval, String what, List<String> notes) {
        for (Expectation expected : eval.expectations()) {
            if (expected.what().equals(what)) {
                assertThat(notes).as(what).anySatisfy(note -> assertThat(note).containsPattern(expected.pattern()));
            }
            if (expected.what().equals("no_" + what)) {
                assertThat(notes).as(what).isEmpty();
            }
        }
    }

    private static void checkValue(Eval eval, QueryValue value) {
        if (value instanceof QueryValue.Scalar scalar) {
            requireSame(eval.expression(), scalar.value(), SeriesLine.number(eval.plain()));
        } else if (value instanceof QueryValue.Text text) {
            assertThat(eval.isText()).as("a text is expected").isTrue();
            assertThat(text.value()).isEqualTo(eval.plain());
        } else if (value instanceof QueryValue.Vector vector) {
            checkVector(eval, vector);
        } else {
            checkMatrix(eval, (QueryValue.Matrix) value);
        }
    }

    private static void checkVector(Eval eval, QueryValue.Vector vector) {
        var found = new LinkedHashMap<Labels, Double>();
        vector.samples().forEach(sample -> {
            assertThat(sample.timestamp()).as("time").isEqualTo(eval.start());
            assertThat(found.put(sample.labels(), sample.value()))
                    .as("%s twice", sample.labels())
                    .isNull();
        });
        var expected = new LinkedHashMap<Labels, Double>();
        eval.lines().forEach(line -> expected.put(line.labels(), line.values().get(0)));
        if (eval.expects("ordered")) {
            assertThat(found.keySet()).containsExactlyElementsOf(expected.keySet());
        } else {
            assertThat(found.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
        }
        expected.forEach((labels, value) -> requireSame(labels.toString(), found.getOrDefault(labels, 0.0), value));
    }

    private static void checkMatrix(Eval eval, QueryValue.Matrix matrix) {
        Map<Labels, QueryValue.Series> found = new LinkedHashMap<>();
        matrix.series()
                .forEach(
                        series -> assertThat(found.put(series.labels(), series)).isNull());
        var expected = new ArrayList<Labels>();
        eval.lines().forEach(line -> expected.add(line.labels()));
        assertThat(found.keySet()).containsExactlyInAnyOrderElementsOf(expected);
        for (SeriesLine line : eval.lines()) {
            var series = Objects.requireNonNull(found.get(line.labels()));
            int next = 0;
            for (int i = 0; i < line.values().size(); i++) {
                double value = line.values().get(i);
                if (SeriesLine.isGap(value)) {
                    continue;
                }
                assertThat(series.size()).as("points of %s", line.labels()).isGreaterThan(next);
                if (!eval.isInstant()) {
                    assertThat(series.timestamps()[next]).as("time").isEqualTo(eval.start() + i * eval.step());
                }
                requireSame(line.labels() + " at place " + i, series.values()[next], value);
                next++;
            }
            assertThat(series.size()).as("points of %s", line.labels()).isEqualTo(next);
        }
    }

    /** The answer at one moment must be what a range gives for that moment. */
    private void checkAsRange(Eval eval) throws QueryException {
        Instant at = Instant.ofEpochMilli(eval.start());
        QueryValue instant = engine.instant(eval.expression(), at).value();
        var range = (QueryValue.Matrix) engine.range(eval.expression(), at, at.plusSeconds(60), Duration.ofMinutes(1))
                .value();
        Map<Labels, Double> first = new LinkedHashMap<>();
        for (QueryValue.Series series : range.series()) {
            if (series.timestamps()[0] == eval.start()) {
                first.put(series.labels(), series.values()[0]);
            }
        }
        if (instant instanceof QueryValue.Vector vector) {
            assertThat(first).as("series of the range").hasSize(vector.samples().size());
            vector.samples()
                    .forEach(sample -> requireSame(
                            sample.labels() + " in a range",
                            first.getOrDefault(sample.labels(), SeriesLine.GAP),
                            sample.value()));
        } else if (instant instanceof QueryValue.Scalar scalar) {
            requireSame("in a range", first.getOrDefault(Labels.EMPTY, SeriesLine.GAP), scalar.value());
        }
    }

    private static void requireSame(String what, double found, double expected) {
        boolean same = Double.compare(found, expected) == 0
                || found == expected
                || Math.abs(found - expected) <= TOLERANCE * Math.max(Math.abs(found), Math.abs(expected));
        assertThat(same).as("%s: expected %s but was %s", what, expected, found).isTrue();
    }
}
