package org.hearthwatch.benchmarks.alert;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.hearthwatch.alert.evaluate.GroupEvaluation;
import org.hearthwatch.alert.evaluate.RuleSettings;
import org.hearthwatch.alert.rule.RuleFile;
import org.hearthwatch.alert.rule.RuleFileReader;
import org.hearthwatch.alert.rule.RuleGroup;
import org.hearthwatch.benchmarks.query.QueryProcess;

/**
 * What of the appliance evaluates rules, in a process of its own: store, query engine and the groups, with as many threads as
 * the appliance has for them. Writes a line with the nanoseconds of each evaluation of a group.
 */
public final class RuleProcess {

    private static final int THREADS = 2;

    private RuleProcess() {}

    /** Arguments: the store's directory, the rule file, the seconds between evaluations, the file to write, and the port. */
    public static void main(String[] arguments) throws Exception {
        QueryProcess.Running running = QueryProcess.start(Path.of(arguments[0]), Integer.parseInt(arguments[4]));
        RuleFile file = new RuleFileReader(running.engine(), false).read(Files.readString(Path.of(arguments[1])));
        if (!file.isGood()) {
            throw new IllegalStateException(file.problems().toString());
        }
        RuleSettings usual = RuleSettings.DEFAULT;
        var settings = new RuleSettings(
                Duration.ofSeconds(Long.parseLong(arguments[2])),
                usual.queryOffset(),
                Map.of(),
                usual.externalUrl(),
                usual.resendDelay(),
                usual.outageTolerance(),
                usual.gracePeriod());
        var surroundings = new GroupEvaluation.Surroundings(
                running.engine(), running.store(), alerts -> {}, settings, System::nanoTime);
        ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS);
        BufferedWriter out = Files.newBufferedWriter(Path.of(arguments[3]));
        long interval = settings.interval().toMillis();
        int place = 0;
        for (RuleGroup group : file.groups()) {
            var evaluation = new GroupEvaluation(group, "rules.yml", surroundings);
            // As if the appliance had run for long: what there was before is taken up.
            var unused = evaluation.restore(Instant.now());
            long offset = interval * place++ / file.groups().size();
            Future<?> unusedTask = threads.scheduleAtFixedRate(
                    () -> evaluate(evaluation, out), offset, interval, TimeUnit.MILLISECONDS);
        }
    }

    private static void evaluate(GroupEvaluation group, BufferedWriter out) {
        long began = System.nanoTime();
        group.evaluate(Instant.now());
        long took = System.nanoTime() - began;
        synchronized (out) {
            try {
                out.write(Long.toString(took));
                out.newLine();
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
