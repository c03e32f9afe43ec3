package org.hearthwatch.query.script;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hearthwatch.api.config.HumanDuration;

/**
 * A script: data to load, and questions with the answers they must get. The language is that of Prometheus's PromQL
 * tests:
 *
 * <pre>{@code
 * load 1m
 *   requests_total{path="/"} 0+60x10
 *
 * eval instant at 10m rate(requests_total[5m])
 *   {path="/"} 1
 *
 * eval range from 0 to 2m step 1m requests_total
 *   requests_total{path="/"} 0 60 120
 *
 * eval instant at 1m rate(requests_total)
 *   expect fail msg:expected type range vector
 * }</pre>
 */
record Script(List<Step> steps) {

    private static final Pattern INSTANT = Pattern.compile("eval(_ordered|_fail)? instant at (\\S+)\\s+(.+)");
    private static final Pattern RANGE =
            Pattern.compile("eval(_fail)? range from (\\S+) to (\\S+) step (\\S+)\\s+(.+)");
    private static final Pattern EXPECT =
            Pattern.compile("expect (ordered|fail|warn|no_warn|info|no_info)(?:\\s+(msg|regex):\\s*(.*))?");
    private static final Pattern TEXT = Pattern.compile("expect string \"(.*)\"");

    /** One command. */
    sealed interface Step permits Clear, Load, Eval {}

    record Clear() implements Step {}

    record Load(Duration interval, List<SeriesLine> series) implements Step {}

    /** Something that is expected beside the values, such as {@code warn}; the pattern is found in it. */
    record Expectation(String what, Pattern pattern) {}

    /**
     * A question.
     *
     * @param lines the expected series
     * @param plain an expected scalar or text, else empty
     */
    record Eval(
            int line,
            String expression,
            long start,
            long end,
            long step,
            List<Expectation> expectations,
            List<SeriesLine> lines,
            String plain,
            boolean isText)
            implements Step {

        boolean isInstant() {
            return step == 0;
        }

        boolean expects(String what) {
            return expectations.stream()
                    .anyMatch(expectation -> expectation.what().equals(what));
        }
    }

    static Script parse(List<String> lines) {
        var steps = new ArrayList<Step>();
        int i = 0;
        while (i < lines.size()) {
            String line = lines.get(i).strip();
            int start = i;
            i++;
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            var body = new ArrayList<String>();
            while (i < lines.size() && !lines.get(i).isBlank()) {
                if (!lines.get(i).strip().startsWith("#")) {
                    body.add(lines.get(i).strip());
                }
                i++;
            }
            steps.add(step(start + 1, line, body));
        }
        return new Script(steps);
    }

    private static Step step(int number, String line, List<String> body) {
        if (line.equals("clear")) {
            return new Clear();
        }
        if (line.startsWith("load ")) {
            Duration interval = HumanDuration.parse(line.substring(5));
            return new Load(interval, body.stream().map(SeriesLine::parse).toList());
        }
        Matcher instant = INSTANT.matcher(line);
        if (instant.matches()) {
            long at = millis(instant.group(2));
            return eval(number, instant.group(1), instant.group(3), at, at, 0, body);
        }
        Matcher range = RANGE.matcher(line);
        if (range.matches()) {
            return eval(
                    number,
                    range.group(1),
                    range.group(5),
                    millis(range.group(2)),
                    millis(range.group(3)),
                    millis(range.group(4)),
                    body);
        }
        throw new IllegalArgumentException("Line " + number + " is no command: " + line);
    }

    private static Eval eval(
            int number, String suffix, String expression, long start, long end, long step, List<String> body) {
        var expectations = new ArrayList<Expectation>();
        var lines = new ArrayList<SeriesLine>();
        String plain = "";
        boolean text = false;
        if (suffix != null) {
            expectations.add(new Expectation(suffix.substring(1), Pattern.compile("")));
        }
        for (String line : body) {
            Matcher expect = EXPECT.matcher(line);
            Matcher string = TEXT.matcher(line);
            if (expect.matches()) {
                String pattern = expect.group(3) == null ? "" : expect.group(3);
                expectations.add(new Expectation(
                        expect.group(1),
                        Pattern.compile("msg".equals(expect.group(2)) ? Pattern.quote(pattern) : pattern)));
            } else if (string.matches()) {
                plain = string.group(1);
                text = true;
            } else if (line.contains(" ") || line.contains("{")) {
                lines.add(SeriesLine.parse(line));
            } else {
                plain = line;
            }
        }
        return new Eval(number, expression, start, end, step, expectations, lines, plain, text);
    }

    private static long millis(String duration) {
        return HumanDuration.parse(duration).toMillis();
    }
}
