package org.hearthwatch.collector.host.osgi;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.List;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.testkit.CollectorContract;
import org.hearthwatch.testkit.Configs;
import org.junit.jupiter.api.AfterEach;

/** The whole collector on the machine the test runs on. */
class HostComponentContractTest extends CollectorContract {

    private final List<HostComponent> started = new ArrayList<>();

    @Override
    protected Collector collector() {
        assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
        var component = new HostComponent(Configs.defaults(HostConfig.class));
        started.add(component);
        return component;
    }

    @AfterEach
    void stop() {
        started.forEach(HostComponent::deactivate);
    }
}
