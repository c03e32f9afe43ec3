package org.hearthwatch.collect;

import java.time.Duration;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.testkit.CollectorContract;

class RunnerMetricsTest extends CollectorContract {

    @Override
    protected Collector collector() {
        var hand = new HandDriven();
        var runner = new CollectorRunner(
                new RunnerSettings("hearth", 10, new Limits(10, 10, 10), Duration.ofMinutes(10)),
                hand.clock,
                hand,
                hand,
                new Outlet());
        runner.add(new Source(sink -> {}, "a", "a", "bundle", Duration.ofSeconds(15), Duration.ofSeconds(10)));
        hand.pass(Duration.ZERO);
        return new RunnerMetrics(runner);
    }
}
