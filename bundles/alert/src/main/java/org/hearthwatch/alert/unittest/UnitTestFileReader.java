package org.hearthwatch.alert.unittest;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hearthwatch.alert.text.GoNumber;
import org.hearthwatch.alert.text.PromDuration;
import org.hearthwatch.alert.unittest.UnitTestFile.AlertCase;
import org.hearthwatch.alert.unittest.UnitTestFile.ExpectedAlert;
import org.hearthwatch.alert.unittest.UnitTestFile.ExpectedSample;
import org.hearthwatch.alert.unittest.UnitTestFile.ExpressionCase;
import org.hearthwatch.alert.unittest.UnitTestFile.InputSeries;
import org.hearthwatch.alert.unittest.UnitTestFile.TestGroup;
import org.hearthwatch.alert.yaml.YamlDocument;
import org.hearthwatch.alert.yaml.YamlReader;
import org.hearthwatch.alert.yaml.YamlValue;

/** Reads files of unit tests strictly. Not thread-safe. */
final class UnitTestFileReader {

    private static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(1);

    private final YamlReader yaml = new YamlReader(false);
    private Duration interval = DEFAULT_INTERVAL;

    private UnitTestFileReader() {}

    static UnitTestFile read(String text) {
        YamlDocument document = YamlDocument.read(text);
        if (document.root().isEmpty()) {
            return new UnitTestFile(List.of(), DEFAULT_INTERVAL, List.of(), false, List.of(), document.problems());
        }
        return new UnitTestFileReader().file(document.root().get());
    }

    private UnitTestFile file(YamlValue root) {
        Map<String, YamlValue> fields = yaml.fields(
                root,
                "main.unitTestFile",
                Set.of("rule_files", "evaluation_interval", "group_eval_order", "tests", "fuzzy_compare"));
        interval = duration(fields, "evaluation_interval")
                .filter(given -> !given.isZero())
                .orElse(DEFAULT_INTERVAL);
        return new UnitTestFile(
                yaml.list(get(fields, "rule_files"), "string", value -> yaml.text(Optional.of(value))),
                interval,
                yaml.list(get(fields, "group_eval_order"), "string", value -> yaml.text(Optional.of(value))),
                yaml.truth(get(fields, "fuzzy_compare")),
                yaml.list(get(fields, "tests"), "main.testGroup", this::test),
                yaml.problems());
    }

    private TestGroup test(YamlValue value) {
        Map<String, YamlValue> fields = yaml.fields(
                value,
                "main.testGroup",
                Set.of(
                        "interval",
                        "input_series",
                        "alert_rule_test",
                        "promql_expr_test",
                        "external_labels",
                        "external_url",
                        "name",
                        "start_timestamp"));
        return new TestGroup(
                yaml.text(get(fields, "name")),
                duration(fields, "interval").filter(given -> !given.isZero()).orElse(interval),
                yaml.parsed(get(fields, "start_timestamp"), UnitTestFileReader::moment)
                        .orElse(Instant.EPOCH),
                yaml.list(get(fields, "input_series"), "main.series", this::input),
                yaml.list(get(fields, "alert_rule_test"), "main.alertTestCase", this::alert),
                yaml.list(get(fields, "promql_expr_test"), "main.promqlTestCase", this::expression),
                yaml.texts(get(fields, "external_labels")),
                yaml.text(get(fields, "external_url")));
    }

    private InputSeries input(YamlValue value) {
        Map<String, YamlValue> fields = yaml.fields(value, "main.series", Set.of("series", "values"));
        return new InputSeries(yaml.text(get(fields, "series")), yaml.text(get(fields, "values")));
    }

    private AlertCase alert(YamlValue value) {
        Map<String, YamlValue> fields =
                yaml.fields(value, "main.alertTestCase", Set.of("eval_time", "alertname", "exp_alerts"));
        return new AlertCase(
                duration(fields, "eval_time").orElse(Duration.ZERO),
                yaml.text(get(fields, "alertname")),
                yaml.list(get(fields, "exp_alerts"), "main.alert", this::expectedAlert));
    }

    private ExpectedAlert expectedAlert(YamlValue value) {
        Map<String, YamlValue> fields = yaml.fields(value, "main.alert", Set.of("exp_labels", "exp_annotations"));
        return new ExpectedAlert(yaml.texts(get(fields, "exp_labels")), yaml.texts(get(fields, "exp_annotations")));
    }

    private ExpressionCase expression(YamlValue value) {
        Map<String, YamlValue> fields =
                yaml.fields(value, "main.promqlTestCase", Set.of("expr", "eval_time", "exp_samples"));
        return new ExpressionCase(
                yaml.text(get(fields, "expr")),
                duration(fields, "eval_time").orElse(Duration.ZERO),
                yaml.list(get(fields, "exp_samples"), "main.sample", this::expectedSample));
    }

    private ExpectedSample expectedSample(YamlValue value) {
        Map<String, YamlValue> fields = yaml.fields(value, "main.sample", Set.of("labels", "value", "histogram"));
        return new ExpectedSample(
                yaml.text(get(fields, "labels")),
                yaml.number(get(fields, "value")),
                yaml.text(get(fields, "histogram")));
    }

    private Optional<Duration> duration(Map<String, YamlValue> fields, String name) {
        return yaml.parsed(get(fields, name), PromDuration::parse);
    }

    private static Optional<YamlValue> get(Map<String, YamlValue> fields, String name) {
        return Optional.ofNullable(fields.get(name));
    }

    private static Instant moment(String text) {
        var seconds = GoNumber.tryParse(text);
        if (seconds.isPresent() && Math.abs(seconds.getAsDouble()) < 1e14) {
            return Instant.ofEpochMilli(Math.round(seconds.getAsDouble() * 1000));
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "start_timestamp takes Unix seconds or RFC 3339, not \"" + text + "\"", e);
        }
    }
}
