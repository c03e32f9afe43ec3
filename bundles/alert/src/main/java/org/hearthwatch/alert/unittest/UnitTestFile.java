package org.hearthwatch.alert.unittest;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hearthwatch.alert.yaml.Problem;

/**
 * A file of unit tests.
 *
 * @param interval between evaluations of the rules
 * @param groupOrder names of groups in the order they are evaluated in; others come before
 * @param fuzzy whether numbers may differ in their last bit
 * @param problems all that is wrong with it; it is to be used only if there is nothing
 */
record UnitTestFile(
        List<String> ruleFiles,
        Duration interval,
        List<String> groupOrder,
        boolean fuzzy,
        List<TestGroup> tests,
        List<Problem> problems) {

    /** Input and what is expected of it. */
    record TestGroup(
            String name,
            Duration interval,
            Instant start,
            List<InputSeries> input,
            List<AlertCase> alerts,
            List<ExpressionCase> expressions,
            Map<String, String> externalLabels,
            String externalUrl) {

        /** The last moment something is expected of. */
        Duration end() {
            Duration end = Duration.ZERO;
            for (AlertCase alert : alerts) {
                end = alert.at().compareTo(end) > 0 ? alert.at() : end;
            }
            for (ExpressionCase expression : expressions) {
                end = expression.at().compareTo(end) > 0 ? expression.at() : end;
            }
            return end;
        }
    }

    record InputSeries(String series, String values) {}

    record AlertCase(Duration at, String alert, List<ExpectedAlert> expected) {}

    record ExpectedAlert(Map<String, String> labels, Map<String, String> annotations) {}

    record ExpressionCase(String expression, Duration at, List<ExpectedSample> expected) {}

    record ExpectedSample(String labels, double value, String histogram) {}
}
