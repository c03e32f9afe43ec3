package org.hearthwatch.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.query.QueryEngine;
import org.hearthwatch.api.query.QueryException;
import org.hearthwatch.api.query.QueryOptions;
import org.hearthwatch.api.query.QueryResult;
import org.hearthwatch.api.query.QueryValue;

/** An engine whose answers the test decides. Expressions with a question mark in them do not parse. */
public final class ScriptedEngine implements QueryEngine {

    private final Map<String, Function<Instant, QueryValue>> answers = new HashMap<>();
    private final Map<String, String> failures = new HashMap<>();

    /** From now on an expression has this answer. */
    public ScriptedEngine answers(String expression, Function<Instant, QueryValue> answer) {
        failures.remove(expression);
        answers.put(expression, answer);
        return this;
    }

    /** From now on an expression has one sample a series, of the value 1. */
    public ScriptedEngine answers(String expression, Labels... series) {
        return answers(
                expression,
                at -> new QueryValue.Vector(List.of(series).stream()
                        .map(labels -> new Sample(labels, at.toEpochMilli(), 1))
                        .toList()));
    }

    public ScriptedEngine fails(String expression, String reason) {
        failures.put(expression, reason);
        return this;
    }

    @Override
    public QueryResult instant(String expression, Instant at, QueryOptions options) throws QueryException {
        String failure = failures.get(expression);
        if (failure != null) {
            throw new QueryException(QueryException.Kind.EXECUTION, failure);
        }
        QueryValue value = answers.getOrDefault(expression, moment -> new QueryValue.Vector(List.of()))
                .apply(at);
        return new QueryResult(value, List.of(), List.of(), 0);
    }

    @Override
    public QueryResult range(String expression, Instant start, Instant end, Duration step, QueryOptions options)
            throws QueryException {
        var points = new TreeMap<Labels, List<Sample>>();
        for (Instant at = start; !at.isAfter(end); at = at.plus(step)) {
            if (instant(expression, at, options).value() instanceof QueryValue.Vector vector) {
                vector.samples()
                        .forEach(sample -> points.computeIfAbsent(sample.labels(), labels -> new ArrayList<>())
                                .add(sample));
            }
        }
        List<QueryValue.Series> series = points.entrySet().stream()
                .map(entry -> new QueryValue.Series(
                        entry.getKey(),
                        entry.getValue().stream().mapToLong(Sample::timestamp).toArray(),
                        entry.getValue().stream().mapToDouble(Sample::value).toArray()))
                .toList();
        return new QueryResult(new QueryValue.Matrix(series), List.of(), List.of(), 0);
    }

    @Override
    public String format(String expression) throws QueryException {
        if (expression.indexOf('?') >= 0) {
            throw new QueryException(QueryException.Kind.BAD_DATA, "1:1: parse error: unexpected '?'");
        }
        return expression;
    }
}
