package org.hearthwatch.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.MetricType;
import org.junit.jupiter.api.Test;

/**
 * What every collector keeps. A collector's test extends this and says how one is made:
 *
 * <pre>{@code
 * class FileCountContractTest extends CollectorContract {
 *     @Override
 *     protected Collector collector() { return ...; }
 * }
 * }</pre>
 */
public abstract class CollectorContract {

    /** A collector whose target is there and well. */
    protected abstract Collector collector() throws Exception;

    @Test
    void reports_something() throws Exception {
        assertThat(run(collector()).byLabels()).isNotEmpty();
    }

    @Test
    void can_be_run_again() throws Exception {
        Collector collector = collector();
        var first = run(collector);

        assertThat(run(collector).families().keySet())
                .containsAll(first.families().keySet());
    }

    @Test
    void counters_are_never_negative() throws Exception {
        var samples = run(collector());

        samples.byLabels().forEach((labels, value) -> {
            var family = samples.families().get(labels.metricName());
            if (family != null && family.type() == MetricType.COUNTER) {
                assertThat(value).as(labels.toString()).isNotNegative();
            }
        });
    }

    @Test
    void every_metric_says_what_it_means() throws Exception {
        assertThat(run(collector()).families().values())
                .allSatisfy(
                        family -> assertThat(family.help()).as(family.name()).isNotBlank());
    }

    @Test
    void leaves_job_and_instance_to_the_runner() throws Exception {
        assertThat(run(collector()).byLabels().keySet())
                .noneMatch(labels -> labels.has("job") || labels.has("instance"))
                .noneMatch(labels -> labels.metricName().equals(Labels.EMPTY.metricName()));
    }

    /** The runner interrupts at the deadline; a collector that swallowed the interrupt would hold its thread for ever. */
    @Test
    void ends_soon_when_it_is_interrupted() throws Exception {
        Collector collector = collector();
        var unexpected = new AtomicReference<Throwable>();
        var runner = new Thread(() -> {
            Thread.currentThread().interrupt();
            try {
                collector.collect(new RecordedSamples());
            } catch (Exception expected) {
                assertThat(expected).isNotNull();
            } catch (Throwable e) {
                unexpected.set(e);
            }
        });
        runner.start();
        runner.join(10_000);

        assertThat(runner.isAlive()).as("still running after its interrupt").isFalse();
        assertThat(unexpected.get()).isNull();
    }

    private static RecordedSamples run(Collector collector) throws Exception {
        var samples = new RecordedSamples();
        collector.collect(samples);
        return samples;
    }
}
