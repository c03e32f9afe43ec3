package org.hearthwatch.collector.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.testkit.CollectorContract;
import org.hearthwatch.testkit.RecordedSamples;
import org.junit.jupiter.api.Test;

class JvmCollectorTest extends CollectorContract {

    @Override
    protected Collector collector() {
        return new JvmCollector();
    }

    @Test
    void reports_what_dashboards_for_java_ask_for() {
        var samples = new RecordedSamples();

        new JvmCollector().collect(samples);

        assertThat(samples.value("jvm_memory_bytes_used{area=\"heap\"}")).isPositive();
        assertThat(samples.value("jvm_threads_current")).isPositive();
        assertThat(samples.value("jvm_threads_state{state=\"RUNNABLE\"}")).isPositive();
        assertThat(samples.value("jvm_threads_deadlocked")).isZero();
        assertThat(samples.value("jvm_classes_currently_loaded")).isPositive();
        assertThat(samples.families())
                .containsKeys(
                        "jvm_gc_collection_seconds",
                        "jvm_memory_pool_bytes_max",
                        "jvm_buffer_pool_used_bytes",
                        "jvm_info");
    }
}
