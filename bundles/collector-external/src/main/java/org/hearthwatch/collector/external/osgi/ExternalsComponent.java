package org.hearthwatch.collector.external.osgi;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.CollectorName;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.health.Finding;
import org.hearthwatch.api.health.Notices;
import org.hearthwatch.api.secret.Secrets;
import org.hearthwatch.api.security.Promise;
import org.hearthwatch.api.security.Promises;
import org.hearthwatch.collector.external.Externals;
import org.hearthwatch.collector.external.Program;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** What all programs share: threads, figures, and what they are kept apart with. */
@Component(service = {ExternalsComponent.class, Collector.class, Notices.class, Promises.class})
@CollectorName(collector = "external", job = "hearthwatch")
public final class ExternalsComponent implements Collector, Notices, Promises {

    private final Externals externals;
    private final ExecutorService readers;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Secrets secrets;

    @Activate
    public ExternalsComponent(BundleContext context) {
        var count = new AtomicInteger();
        readers = Executors.newCachedThreadPool(task -> {
            var thread = new Thread(task, "hearthwatch-collector-external-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        String home = context.getProperty("hearthwatch.home");
        var probe = new FenceProbe(Path.of(home == null ? "/nonexistent" : home).toAbsolutePath());
        externals = new Externals(
                probe::fence,
                readers,
                () -> Optional.ofNullable(secrets),
                InstantSource.system(),
                Boolean.parseBoolean(context.getProperty("hearthwatch.safe")));
    }

    Optional<Collector> add(Program program) {
        return externals.add(program);
    }

    void remove(String name) {
        externals.remove(name);
    }

    @Override
    public void collect(SampleSink sink) {
        externals.collect(sink);
    }

    @Override
    public List<Finding> notices() {
        return externals.notices();
    }

    @Override
    public List<Promise> promises() {
        return externals.promises();
    }

    @Deactivate
    void deactivate() {
        readers.shutdownNow();
    }
}
