package org.hearthwatch.collector.runtime.osgi;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.CollectorName;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.collect.Schedule;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.collector.runtime.JvmCollector;
import org.hearthwatch.collector.runtime.ProcessCollector;
import org.hearthwatch.collector.runtime.doctor.ComponentState;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** Measures the appliance itself: Java machine, process, bundles and components. */
@Component(service = Collector.class, configurationPid = "org.hearthwatch.collector.runtime")
@CollectorName(collector = "runtime", job = "hearthwatch")
@Schedule(interval = "15s", timeout = "10s")
public final class RuntimeComponent implements Collector {

    private static final Gauge BUNDLES = Gauge.of("hearthwatch_runtime_bundles", "Bundles by state", "state");
    private static final Gauge COMPONENTS =
            Gauge.of("hearthwatch_runtime_components", "Declarative Services components by state", "state");
    private static final Gauge BUILD = Gauge.of("hearthwatch_build_info", "This Hearthwatch; always 1", "version");

    private final Collector jvm = new JvmCollector();
    private final Collector process = new ProcessCollector(ProcessCollector.SELF);
    private final BundleContext context;
    private final Components components;
    private final String version;

    @Activate
    public RuntimeComponent(BundleContext context, @Reference ServiceComponentRuntime runtime) {
        this.context = context;
        this.components = new Components(runtime);
        this.version = Version.of(context);
    }

    @Override
    public void collect(SampleSink sink) throws IOException, InterruptedException {
        jvm.collect(sink);
        process.collect(sink);
        Map<String, Integer> bundles = new TreeMap<>();
        for (Bundle bundle : context.getBundles()) {
            bundles.merge(Bundles.stateOf(bundle), 1, Integer::sum);
        }
        bundles.forEach((state, count) -> sink.set(BUNDLES, count, state));
        Map<String, Integer> states = new TreeMap<>();
        for (ComponentState component : components.list()) {
            states.merge(component.state().name().toLowerCase(Locale.ROOT), 1, Integer::sum);
        }
        states.forEach((state, count) -> sink.set(COMPONENTS, count, state));
        sink.set(BUILD, 1, version);
    }
}
