package org.hearthwatch.shell;

import java.util.List;
import org.hearthwatch.api.alert.AlertingRefusal;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.shell.ShellCommand.Call;
import org.hearthwatch.shell.line.UsageException;

/** What commands about alerts have in common. */
final class AlertingCall {

    /** What people call the service behind them. */
    static final String ROUTING = "the routing of alerts";

    /** Conditions as words, for the help. */
    static final String MATCHERS = "MATCHER";

    static final String MATCHERS_HELP =
            "The alert's name, or LABEL=VALUE, LABEL!=VALUE, LABEL=~PATTERN, LABEL!~PATTERN; all have to hold";

    private static final String ALERT_NAME = "alertname";

    private AlertingCall() {}

    /** Work on alerts that may be refused. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws AlertingRefusal;
    }

    /** Does it; a refusal becomes the command's failure. */
    static <T> T run(Work<T> work) throws CommandFailure {
        try {
            return work.run();
        } catch (AlertingRefusal e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
    }

    /** The conditions of a call; a bare word is an alert's name. */
    static List<Matcher> matchers(Call call) throws UsageException {
        try {
            return call.arguments().all(MATCHERS).stream()
                    .map(MatcherWord::parse)
                    .map(matcher -> matcher.label().equals(Labels.NAME)
                            ? new Matcher(ALERT_NAME, matcher.kind(), matcher.value())
                            : matcher)
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new UsageException(MATCHERS + ": " + e.getMessage());
        }
    }
}
