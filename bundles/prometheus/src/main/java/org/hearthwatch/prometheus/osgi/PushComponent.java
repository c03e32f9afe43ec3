package org.hearthwatch.prometheus.osgi;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.access.Scope;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.CollectorName;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.store.ExemplarStore;
import org.hearthwatch.api.store.SampleWriter;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;
import org.hearthwatch.prometheus.in.Intake;
import org.hearthwatch.prometheus.in.PushFigures;
import org.hearthwatch.prometheus.in.PushLimits;
import org.hearthwatch.prometheus.in.RemoteWrite;
import org.hearthwatch.prometheus.in.Senders;
import org.hearthwatch.prometheus.in.TextPush;
import org.hearthwatch.prometheus.intern.SeriesCache;
import org.hearthwatch.prometheus.otlp.OtlpMetrics;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what is pushed while there is a store, and reports who pushes how much. */
@Component(
        service = {Routes.class, Collector.class},
        configurationPid = PushSettings.PID)
@Designate(ocd = PushConfig.class)
@CollectorName(collector = "push", job = "hearthwatch")
public final class PushComponent implements Routes, Collector {

    private static final Logger LOG = LoggerFactory.getLogger(PushComponent.class);
    private static final Permission PUSH = new Permission("samples:push", Scope.PUSH);
    private static final int CACHED_SERIES = 100_000;

    private final AtomicReference<PushLimits> limits = new AtomicReference<>(PushLimits.USUAL);
    private final AtomicReference<Optional<ExemplarStore>> exemplars = new AtomicReference<>(Optional.empty());
    private final AtomicReference<Set<String>> promoted = new AtomicReference<>(Set.of());
    private final PushFigures figures;
    private final List<Route> routes = new ArrayList<>();

    @Activate
    public PushComponent(@Reference SampleWriter store, PushConfig config) {
        accept(config);
        var senders = new Senders();
        // A share of the heap like the store's own, so that a small machine is not filled with names.
        var cache = new SeriesCache(CACHED_SERIES, Runtime.getRuntime().maxMemory() / 16);
        var intake = new Intake(store, exemplars::get, senders, cache, limits::get, Clock.systemUTC());
        this.figures = new PushFigures(senders, cache);
        routes.addAll(new RemoteWrite(intake, PUSH).routes());
        routes.addAll(new OtlpMetrics(intake, promoted::get, PUSH).routes());
        routes.addAll(new TextPush(intake, cache, PUSH).routes());
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void addExemplars(ExemplarStore keeper) {
        exemplars.set(Optional.of(keeper));
    }

    void removeExemplars(ExemplarStore keeper) {
        exemplars.updateAndGet(current -> current.filter(other -> !other.equals(keeper)));
    }

    /** Takes limits over while running; wrong ones are reported, and those before stay. */
    @Modified
    public void modified(PushConfig config) {
        accept(config);
    }

    private void accept(PushConfig config) {
        try {
            limits.set(PushSettings.read(config));
            promoted.set(PushSettings.promoted(config));
        } catch (InvalidSettingException e) {
            LOG.error("{}. The settings before stay in force.", e.getMessage());
        }
    }

    @Override
    public List<Route> routes() {
        return List.copyOf(routes);
    }

    @Override
    public void collect(SampleSink sink) {
        figures.report(sink);
    }
}
