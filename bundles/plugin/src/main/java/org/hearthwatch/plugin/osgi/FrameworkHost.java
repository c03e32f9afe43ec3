package org.hearthwatch.plugin.osgi;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.hearthwatch.api.collect.CollectorStatus;
import org.hearthwatch.api.collect.Collectors;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.plugin.PluginHost;
import org.hearthwatch.plugin.Settings;
import org.hearthwatch.plugin.jar.PluginJar;
import org.hearthwatch.plugin.jar.Surroundings;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The framework we run in, as the place of plugins. Their bundles stand at a location of our own and are started for this run of
 * the framework only: at the next start none comes up before its approval was looked at again. What a plugin does when it
 * starts and stops, it does on a thread made for it, with a limit of time.
 */
final class FrameworkHost implements PluginHost {

    private static final Logger LOG = LoggerFactory.getLogger(FrameworkHost.class);
    private static final String LOCATION = "hearthwatch-plugin:";

    private final BundleContext context;
    private final Supplier<Settings> settings;
    private final Supplier<Optional<Collectors>> collectors;
    private final Map<String, PluginThreads> threads = new HashMap<>();
    private final List<Thread> strays = new ArrayList<>();
    private final AtomicInteger count = new AtomicInteger();

    FrameworkHost(BundleContext context, Supplier<Settings> settings, Supplier<Optional<Collectors>> collectors) {
        this.context = context;
        this.collectors = collectors;
        this.settings = settings;
    }

    static boolean isPlugin(Bundle bundle) {
        return bundle.getLocation().startsWith(LOCATION);
    }

    /** How many threads of plugins that are gone still live. */
    int strayThreads() {
        synchronized (strays) {
            strays.removeIf(thread -> !thread.isAlive());
            return strays.size();
        }
    }

    @Override
    public Surroundings surroundings() {
        Set<String> bundles = new HashSet<>();
        Set<String> packages = new HashSet<>();
        for (Bundle bundle : context.getBundles()) {
            BundleRevision revision = bundle.adapt(BundleRevision.class);
            if (!isPlugin(bundle) && revision != null) {
                bundles.add(revision.getSymbolicName());
                for (BundleCapability exported : revision.getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE)) {
                    packages.add(String.valueOf(exported.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE)));
                }
            }
        }
        return new Surroundings(bundles, packages);
    }

    @Override
    public Set<String> installed() {
        Set<String> names = new HashSet<>();
        for (Bundle bundle : context.getBundles()) {
            if (isPlugin(bundle)) {
                names.add(bundle.getLocation().substring(LOCATION.length()));
            }
        }
        return names;
    }

    @Override
    public Set<String> workingCollectors(String symbolicName) {
        return collectors.get().map(Collectors::list).orElse(List.of()).stream()
                .filter(status -> status.bundle().equals(symbolicName) && status.state() == CollectorStatus.State.OK)
                .map(CollectorStatus::name)
                .collect(toUnmodifiableSet());
    }

    @Override
    public void start(PluginJar plugin, Path bytes) throws HostException {
        String name = plugin.symbolicName();
        Optional<Bundle> former = find(name);
        if (former.isPresent()) {
            endThreads(name, stopLimited(former.get()));
        }
        ThreadGroup group = PluginThreads.groupOf(name);
        try {
            Bundle bundle = put(name, former, bytes);
            threads.put(name, new PluginThreads(group, Optional.empty(), plugin.classes()));
            bundle.adapt(BundleStartLevel.class)
                    .setStartLevel(
                            context.getBundle().adapt(BundleStartLevel.class).getStartLevel());
            Duration limit = settings.get().startTimeout();
            Optional<Thread> stuck = limited(group, limit, () -> bundle.start(Bundle.START_TRANSIENT));
            if (stuck.isPresent()) {
                throw new HostException("It did not start within " + HumanDuration.format(limit)
                        + " (startTimeout in etc/org.hearthwatch.plugin.cfg)");
            }
            Optional<ClassLoader> loader =
                    Optional.ofNullable(bundle.adapt(BundleWiring.class)).map(BundleWiring::getClassLoader);
            threads.put(name, new PluginThreads(group, loader, plugin.classes()));
        } catch (BundleException | IOException e) {
            throw new HostException(inWords(e), e);
        }
    }

    @Override
    public List<String> remove(String symbolicName) {
        Optional<Bundle> bundle = find(symbolicName);
        if (bundle.isEmpty()) {
            return List.of();
        }
        Optional<Thread> stuck = stopLimited(bundle.get());
        List<String> left = endThreads(symbolicName, stuck);
        if (stuck.isEmpty() || !stuck.get().isAlive()) {
            try {
                bundle.get().uninstall();
            } catch (BundleException e) {
                // The framework uninstalls all the same; what threw was the plugin's own code.
                LOG.debug("Uninstalling {}", symbolicName, e);
            }
            refresh(bundle.get());
        }
        return left;
    }

    @Override
    public List<String> stop(String symbolicName) {
        return find(symbolicName)
                .map(bundle -> endThreads(symbolicName, stopLimited(bundle)))
                .orElse(List.of());
    }

    private Bundle put(String name, Optional<Bundle> former, Path bytes) throws BundleException, IOException {
        try (InputStream in = Files.newInputStream(bytes)) {
            if (former.isEmpty()) {
                return context.installBundle(LOCATION + name, in);
            }
            former.get().update(in);
            // Without it, packages of the old revision that somebody uses would keep it alive.
            refresh(former.get());
            return former.get();
        }
    }

    private Optional<Bundle> find(String name) {
        return Optional.ofNullable(context.getBundle(LOCATION + name));
    }

    /** Stops a bundle; gives back the thread on which its code hangs, if it does. */
    private Optional<Thread> stopLimited(Bundle bundle) {
        ThreadGroup group = PluginThreads.groupOf(bundle.getSymbolicName());
        try {
            return limited(group, settings.get().stopTimeout(), () -> bundle.stop(Bundle.STOP_TRANSIENT));
        } catch (BundleException e) {
            // It is stopped all the same; what threw was the plugin's own code, and it is on its way out.
            return Optional.empty();
        }
    }

    private List<String> endThreads(String name, Optional<Thread> stuck) {
        List<Thread> left = new ArrayList<>();
        stuck.ifPresent(left::add);
        PluginThreads its = threads.remove(name);
        if (its != null) {
            try {
                left.addAll(its.end(settings.get().stopTimeout()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        List<Thread> alive = left.stream().filter(Thread::isAlive).distinct().toList();
        synchronized (strays) {
            strays.addAll(alive);
        }
        return alive.stream().map(Thread::getName).toList();
    }

    /** Removes what is left of a bundle's former classes; touches no other bundle unless it uses them. */
    private void refresh(Bundle bundle) {
        var done = new CountDownLatch(1);
        context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
                .adapt(FrameworkWiring.class)
                .refreshBundles(List.of(bundle), event -> done.countDown());
        try {
            if (!done.await(settings.get().stopTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("The framework did not refresh " + bundle.getSymbolicName());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Something of a plugin's that may throw, and may never return. */
    @FunctionalInterface
    private interface Step {
        void run() throws BundleException;
    }

    /** Runs a step on a thread of its own; gives back that thread if it is not done in time, interrupted. */
    private Optional<Thread> limited(ThreadGroup group, Duration limit, Step step) throws BundleException {
        var failure = new AtomicReference<Throwable>();
        var thread = new Thread(
                group,
                () -> {
                    try {
                        step.run();
                    } catch (BundleException | RuntimeException | LinkageError e) {
                        failure.set(e);
                    }
                },
                PluginThreads.START + count.incrementAndGet());
        thread.setDaemon(true);
        thread.start();
        try {
            thread.join(limit.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            thread.interrupt();
            return Optional.of(thread);
        }
        Throwable thrown = failure.get();
        if (thrown instanceof BundleException refused) {
            throw refused;
        }
        if (thrown != null) {
            throw new BundleException(thrown.toString(), thrown);
        }
        return Optional.empty();
    }

    /** The framework's exceptions say "Activator start error in bundle …"; the cause says why. */
    private static String inWords(Exception e) {
        Throwable cause = e;
        for (Throwable next = e.getCause(); next != null && next != cause; next = next.getCause()) {
            cause = next;
        }
        return cause == e ? String.valueOf(e.getMessage()) : "Its start failed: " + cause;
    }
}
