package org.hearthwatch.alert.osgi;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import org.hearthwatch.alert.evaluate.GroupEvaluation;
import org.hearthwatch.alert.rule.RuleFile;
import org.hearthwatch.alert.rule.RuleGroup;

/** Runs the groups of all files, and goes over from one set of files to the next without forgetting alerts. Thread-safe. */
final class RuleRunner {

    private final ScheduledExecutorService threads;
    private final InstantSource clock;
    private volatile Map<String, GroupRunner> runners = Map.of();
    private boolean begun;

    RuleRunner(ScheduledExecutorService threads, InstantSource clock) {
        this.threads = threads;
        this.clock = clock;
    }

    /** All groups, by file and place. */
    List<GroupEvaluation> groups() {
        return runners.values().stream().map(GroupRunner::group).toList();
    }

    /** From now on evaluates these files; groups that did not change go on as if nothing had been. */
    synchronized void use(Map<String, RuleFile> files, GroupEvaluation.Surroundings surroundings) {
        Map<String, GroupRunner> before = new LinkedHashMap<>(runners);
        Map<String, GroupRunner> now = new LinkedHashMap<>();
        files.forEach((file, rules) -> {
            for (RuleGroup group : rules.groups()) {
                var evaluation = new GroupEvaluation(group, file, surroundings);
                String key = file + ";" + group.name();
                GroupRunner old = before.remove(key);
                now.put(key, old == null ? started(evaluation, !begun) : continued(old, evaluation));
            }
        });
        Instant moment = clock.instant();
        before.values().forEach(gone -> {
            gone.stop();
            gone.group().retire(moment);
        });
        begun = true;
        runners = now;
    }

    private GroupRunner continued(GroupRunner old, GroupEvaluation evaluation) {
        if (old.group().isSameAs(evaluation)) {
            return old;
        }
        old.stop();
        evaluation.continueFrom(old.group());
        return started(evaluation, old.isFresh());
    }

    private GroupRunner started(GroupEvaluation evaluation, boolean fresh) {
        var runner = new GroupRunner(evaluation, threads, clock, fresh);
        runner.start();
        return runner;
    }

    /** Lets none begin any more; their series stay as they are, for the next start to go on with. */
    void halt() {
        runners.values().forEach(GroupRunner::halt);
    }
}
