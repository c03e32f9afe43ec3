package org.hearthwatch.tools;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.hearthwatch.alert.unittest.UnitTests.GroupOutcome;
import org.hearthwatch.alert.unittest.UnitTests.Outcome;

/** Results as JUnit XML, in the form {@code promtool test rules --junit} writes them. */
final class JUnitReport {

    private final StringBuilder text = new StringBuilder("<testsuites>");

    /** Adds a file of tests. */
    void add(String file, Outcome outcome, Instant began) {
        boolean broken = !outcome.problems().isEmpty();
        List<GroupOutcome> groups = outcome.groups();
        int failures =
                groups.stream().mapToInt(group -> group.failures().size()).sum();
        text.append("<testsuite name=\"").append(escaped(file));
        text.append("\" tests=\"").append(broken ? 1 : groups.size());
        text.append("\" failures=\"").append(failures);
        text.append("\" errors=\"").append(broken ? 1 : 0).append("\" skipped=\"0\" timestamp=\"");
        if (broken) {
            text.append("\"><testcase name=\"unknown\">");
            text.append("<error>")
                    .append(escaped(String.join("\n", outcome.problems())))
                    .append("</error></testcase>");
        } else {
            text.append(began.truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", ""))
                    .append("\">");
        }
        for (GroupOutcome group : groups) {
            text.append("<testcase name=\"").append(escaped(group.name())).append("\">");
            for (String failure : group.failures()) {
                text.append("<failure>").append(escaped(failure)).append("</failure>");
            }
            text.append("</testcase>");
        }
        text.append("</testsuite>");
    }

    String text() {
        return text + "</testsuites>";
    }

    private static String escaped(String plain) {
        var escaped = new StringBuilder();
        plain.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&#34;");
                case '\'' -> escaped.append("&#39;");
                case '\n' -> escaped.append("&#xA;");
                case '\r' -> escaped.append("&#xD;");
                case '\t' -> escaped.append("&#x9;");
                default -> escaped.appendCodePoint(isInXml(c) ? c : 0xfffd);
            }
        });
        return escaped.toString();
    }

    private static boolean isInXml(int c) {
        return (c >= 0x20 && c <= 0xd7ff) || (c >= 0xe000 && c <= 0xfffd) || c >= 0x10000;
    }
}
