package org.hearthwatch.plugin;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.hearthwatch.api.plugin.Plugin;
import org.hearthwatch.api.plugin.Plugin.State;
import org.hearthwatch.api.plugin.Plugins;
import org.hearthwatch.plugin.FolderView.Content;
import org.hearthwatch.plugin.FolderView.Seen;
import org.hearthwatch.plugin.PluginHost.HostException;
import org.hearthwatch.plugin.jar.Digests;
import org.hearthwatch.plugin.jar.JarReader;
import org.hearthwatch.plugin.jar.PluginJar;
import org.hearthwatch.plugin.jar.UnfitJarException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the plugin folder, the approvals and what runs against each other, and brings what runs in line with the other two.
 * What runs was copied into the state folder first, its digest taken of the copied bytes, and only that copy is given to the
 * framework: changing the file afterwards changes nothing but its state in the list.
 *
 * <p>Thread-safe. {@link #list} never waits; the rest waits for one another.
 */
public final class PluginFolder implements Plugins {

    private static final Logger LOG = LoggerFactory.getLogger(PluginFolder.class);
    private static final int LEAST_DIGITS = 12;
    private static final String COPY_ENDING = ".jar";

    private final ReentrantLock lock = new ReentrantLock();
    private final Path folder;
    private final Path copies;
    private final PluginHost host;
    private final InstantSource clock;
    private final Approvals approvals;
    private final FolderView view;
    private final Tally tally = new Tally();
    private final Map<String, Running> running = new TreeMap<>();
    private final Map<String, String> failures = new HashMap<>();
    private final Map<String, Plugin> standing = new HashMap<>();

    private boolean reconciled;

    private volatile Settings settings;
    private volatile List<Plugin> list = List.of();

    /** A plugin at work, by its symbolic name. */
    private record Running(String file, String sha256, PluginJar jar, Path copy) {}

    /**
     * An engine that has not looked at the folder yet.
     *
     * @param folder where plugins are dropped; made if it is not there
     * @param state a folder of the engine's own
     */
    public PluginFolder(Path folder, Path state, PluginHost host, InstantSource clock, Settings settings)
            throws IOException {
        this.folder = folder;
        this.host = host;
        this.clock = clock;
        this.settings = settings;
        copies = state.resolve("bundles");
        Files.createDirectories(folder);
        Files.createDirectories(copies);
        approvals = new Approvals(state.resolve("approved.json"));
        view = new FolderView(folder);
    }

    public void use(Settings newSettings) {
        settings = newSettings;
    }

    public Tally tally() {
        return tally;
    }

    /** How many jars are left alone because there are too many. */
    public int ignored() {
        return view.ignored();
    }

    /**
     * Looks at the folder and acts on what changed.
     *
     * @return whether a file is still being written, so that it pays to look again soon
     */
    public boolean scan() throws IOException {
        lock.lock();
        try {
            if (view.look(settings, host::surroundings, clock.instant()) || !reconciled) {
                reconciled = true;
                reconcile();
            }
            return view.isUnfinished();
        } finally {
            lock.unlock();
        }
    }

    /** Stops what runs, to be started again by the next engine. */
    public void close() {
        lock.lock();
        try {
            for (String symbolicName : List.copyOf(running.keySet())) {
                running.remove(symbolicName);
                report(symbolicName, host.stop(symbolicName));
            }
            list = List.of();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Plugin> list() {
        return list;
    }

    @Override
    public Plugin approve(String sha256, String approver) throws PluginRefusal {
        lock.lock();
        try {
            Plugin plugin = find(sha256);
            if (plugin.state() == State.REFUSED) {
                throw new PluginRefusal(plugin.file() + " cannot be approved. "
                        + plugin.reason().orElse(""));
            }
            if (plugin.state() != State.RUNNING) {
                approvals.add(new Approval(
                        plugin.sha256(),
                        plugin.file(),
                        plugin.symbolicName(),
                        plugin.version(),
                        approver,
                        clock.instant()));
                LOG.info("{} ({}) was approved by {}", plugin.file(), plugin.sha256(), approver);
                failures.remove(plugin.sha256());
                reconcile();
            }
            return find(plugin.sha256());
        } catch (IOException e) {
            throw new PluginRefusal("The approval could not be written: " + e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void remove(String sha256) throws PluginRefusal {
        lock.lock();
        try {
            Plugin plugin = find(sha256);
            for (Seen seen : List.copyOf(view.files())) {
                if (seen.sha256().equals(plugin.sha256())) {
                    Files.deleteIfExists(folder.resolve(seen.name()));
                }
            }
            approvals.remove(plugin.sha256());
            failures.remove(plugin.sha256());
            view.look(settings, host::surroundings, clock.instant());
            reconcile();
            LOG.info("{} ({}) was removed", plugin.file(), plugin.sha256());
        } catch (IOException e) {
            throw new PluginRefusal("It could not be removed: " + e);
        } finally {
            lock.unlock();
        }
    }

    private Plugin find(String sha256) throws PluginRefusal {
        if (sha256.length() < LEAST_DIGITS) {
            throw new PluginRefusal("Give at least " + LEAST_DIGITS + " digits of the SHA-256");
        }
        List<Plugin> found = list.stream()
                .filter(plugin -> plugin.sha256().startsWith(sha256))
                .toList();
        if (found.isEmpty()) {
            throw new PluginRefusal("No plugin has a SHA-256 that begins with " + sha256);
        }
        if (found.stream().map(Plugin::sha256).distinct().count() > 1) {
            throw new PluginRefusal("Several plugins have a SHA-256 that begins with " + sha256 + "; give more digits");
        }
        return found.get(0);
    }

    private void reconcile() {
        Map<String, Seen> candidates = candidates();
        for (Running each : List.copyOf(running.values())) {
            if (!candidates.containsKey(each.jar().symbolicName()) && !mayStay(each, candidates.values())) {
                stop(each.jar().symbolicName());
            }
        }
        // A candidate that fails makes way for the next newest, so this ends when each has had its turn.
        for (boolean settled = false; !settled; candidates = candidates()) {
            settled = true;
            for (Map.Entry<String, Seen> each : candidates.entrySet()) {
                Running current = running.get(each.getKey());
                if (current == null || !current.sha256().equals(each.getValue().sha256())) {
                    settled &= replace(Optional.ofNullable(current), each.getKey(), each.getValue());
                }
            }
        }
        for (String installed : host.installed()) {
            if (!running.containsKey(installed)) {
                stop(installed);
            }
        }
        deleteCopies();
        publish();
    }

    /** Where only the bytes of a running plugin's file changed, the old version works on until the new one is approved. */
    private boolean mayStay(Running plugin, Collection<Seen> candidates) {
        return approvals.find(plugin.sha256()).isPresent()
                && view.files().stream().anyMatch(seen -> seen.name().equals(plugin.file()))
                && candidates.stream().noneMatch(seen -> seen.name().equals(plugin.file()));
    }

    /** What should run: for each symbolic name the newest approved file that has not failed. */
    private Map<String, Seen> candidates() {
        Map<String, Seen> newest = new TreeMap<>();
        for (Seen seen : view.files()) {
            if (seen.content() instanceof Content.Fit fit
                    && approvals.find(seen.sha256()).isPresent()
                    && !failures.containsKey(seen.sha256())) {
                newest.merge(
                        fit.jar().symbolicName(), seen, (a, b) -> approvedAt(b).isAfter(approvedAt(a)) ? b : a);
            }
        }
        return newest;
    }

    private Instant approvedAt(Seen seen) {
        return approvals.find(seen.sha256()).map(Approval::time).orElse(Instant.MIN);
    }

    private boolean replace(Optional<Running> former, String symbolicName, Seen next) {
        try {
            start(copy(next), next.name(), next.sha256());
            return true;
        } catch (HostException | IOException | UnfitJarException e) {
            tally.failed();
            failures.put(next.sha256(), reasonOf(e));
            LOG.error("The plugin {} did not start. {}", next.name(), reasonOf(e));
            running.remove(symbolicName);
            if (former.isPresent() && mayStay(former.get(), List.of())) {
                rollBack(former.get());
            } else {
                report(symbolicName, host.remove(symbolicName));
            }
            return false;
        }
    }

    private void rollBack(Running former) {
        try {
            start(former.copy(), former.file(), former.sha256());
            tally.rolledBack();
            LOG.warn(
                    "The plugin {} went back to version {}",
                    former.file(),
                    former.jar().version());
        } catch (HostException | IOException | UnfitJarException e) {
            tally.failed();
            failures.put(former.sha256(), reasonOf(e));
            LOG.error("The plugin {} could not go back to its former version. {}", former.file(), reasonOf(e));
            report(former.jar().symbolicName(), host.remove(former.jar().symbolicName()));
        }
    }

    private static String reasonOf(Exception e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        return e instanceof UnfitJarException ? "The file " + message : message;
    }

    private void start(Path copy, String file, String sha256) throws IOException, UnfitJarException, HostException {
        PluginJar jar = JarReader.read(copy, settings.maxFileBytes(), host.surroundings());
        Instant begin = clock.instant();
        host.start(jar, copy);
        running.put(jar.symbolicName(), new Running(file, sha256, jar, copy));
        tally.started();
        LOG.info(
                "The plugin {} {} ({}) started in {} ms",
                jar.name(),
                jar.version(),
                file,
                clock.instant().toEpochMilli() - begin.toEpochMilli());
    }

    /** Copies a file to where only we write, and makes sure that what was copied is what was approved. */
    private Path copy(Seen seen) throws IOException, HostException {
        Path copy = copies.resolve(seen.sha256() + COPY_ENDING);
        Path fresh = copies.resolve(seen.sha256() + ".new");
        String sha256;
        try (OutputStream out = Files.newOutputStream(fresh)) {
            sha256 = Digests.copy(folder.resolve(seen.name()), out, settings.maxFileBytes());
        }
        if (!sha256.equals(seen.sha256())) {
            Files.delete(fresh);
            throw new HostException("The file changed after it was approved; its SHA-256 is now " + sha256);
        }
        Files.move(fresh, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return copy;
    }

    private void stop(String symbolicName) {
        running.remove(symbolicName);
        report(symbolicName, host.remove(symbolicName));
        if (host.installed().contains(symbolicName)) {
            LOG.error(
                    "The plugin {} does not stop; what it left goes with the next start of the appliance",
                    symbolicName);
        } else {
            LOG.info("The plugin {} was stopped and uninstalled", symbolicName);
        }
    }

    private static void report(String symbolicName, List<String> strayThreads) {
        if (!strayThreads.isEmpty()) {
            LOG.warn(
                    "The plugin {} left {} threads behind that ignore their interrupt: {}. They and its memory go with the"
                            + " next start of the appliance",
                    symbolicName,
                    strayThreads.size(),
                    strayThreads);
        }
    }

    private void deleteCopies() {
        Set<Path> needed = new HashSet<>();
        running.values().forEach(each -> needed.add(each.copy()));
        try (DirectoryStream<Path> all = Files.newDirectoryStream(copies)) {
            for (Path copy : all) {
                if (!needed.contains(copy)) {
                    Files.deleteIfExists(copy);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("Copies of former plugins could not be deleted from {}: {}", copies, e.toString());
        }
    }

    private void publish() {
        List<Plugin> plugins = new ArrayList<>();
        Map<String, String> fileOf = new HashMap<>();
        for (Seen seen : view.files()) {
            plugins.add(describe(seen, Optional.ofNullable(fileOf.putIfAbsent(seen.sha256(), seen.name()))));
        }
        for (Running each : running.values()) {
            if (!fileOf.containsKey(each.sha256())) {
                plugins.add(plugin(
                        each.file(),
                        each.sha256(),
                        each.jar(),
                        State.RUNNING,
                        Optional.of("Its file was replaced; this version runs until the new one is approved")));
            }
        }
        plugins.sort(Comparator.comparing(Plugin::file));
        Map<String, Plugin> now = new HashMap<>();
        for (int i = 0; i < plugins.size(); i++) {
            Plugin plugin = plugins.get(i);
            String key = plugin.file() + '\n' + plugin.sha256();
            Plugin before = standing.get(key);
            if (before != null && before.state() == plugin.state()) {
                plugins.set(i, since(plugin, before.since()));
            } else {
                announce(plugin);
            }
            now.put(key, plugins.get(i));
        }
        standing.clear();
        standing.putAll(now);
        list = List.copyOf(plugins);
    }

    private Plugin describe(Seen seen, Optional<String> twin) {
        if (seen.content() instanceof Content.Unfit unfit) {
            return new Plugin(
                    seen.name(),
                    seen.sha256(),
                    seen.name(),
                    "",
                    "",
                    Optional.empty(),
                    State.REFUSED,
                    Optional.of(unfit.reason()),
                    clock.instant(),
                    List.of());
        }
        PluginJar jar = ((Content.Fit) seen.content()).jar();
        if (twin.isPresent()) {
            return plugin(
                    seen.name(),
                    seen.sha256(),
                    jar,
                    State.REFUSED,
                    Optional.of("It has the same bytes as " + twin.get() + "; delete one of them"));
        }
        Running current = running.get(jar.symbolicName());
        if (current != null && current.sha256().equals(seen.sha256())) {
            return plugin(seen.name(), seen.sha256(), jar, State.RUNNING, Optional.empty());
        }
        String failure = failures.get(seen.sha256());
        if (failure != null) {
            String still = current == null ? "" : ". Version " + current.jar().version() + " runs instead";
            return plugin(seen.name(), seen.sha256(), jar, State.FAILED, Optional.of(failure + still));
        }
        if (current != null && approvals.find(seen.sha256()).isPresent()) {
            return plugin(
                    seen.name(),
                    seen.sha256(),
                    jar,
                    State.FAILED,
                    Optional.of("It gave way to " + current.file() + "; this file can be deleted"));
        }
        return plugin(
                seen.name(),
                seen.sha256(),
                jar,
                State.QUARANTINED,
                Optional.of("It waits for an administrator's approval; none of its code has run"
                        + (current == null
                                ? ""
                                : ". It would replace version " + current.jar().version())));
    }

    private Plugin plugin(String file, String sha256, PluginJar jar, State state, Optional<String> reason) {
        return new Plugin(
                file,
                sha256,
                jar.name(),
                jar.symbolicName(),
                jar.version(),
                jar.vendor(),
                state,
                reason,
                clock.instant(),
                jar.asksFor());
    }

    private static Plugin since(Plugin plugin, Instant since) {
        return new Plugin(
                plugin.file(),
                plugin.sha256(),
                plugin.name(),
                plugin.symbolicName(),
                plugin.version(),
                plugin.vendor(),
                plugin.state(),
                plugin.reason(),
                since,
                plugin.asksFor());
    }

    private static void announce(Plugin plugin) {
        if (plugin.state() == State.QUARANTINED) {
            LOG.warn(
                    "The plugin {} ({} {}) is in quarantine. It asks {}. To start it: hearthwatch plugin-approve {}",
                    plugin.file(),
                    plugin.name(),
                    plugin.version(),
                    plugin.asksFor().isEmpty() ? "for nothing special" : String.join("; ", plugin.asksFor()),
                    plugin.sha256());
        } else if (plugin.state() == State.REFUSED) {
            LOG.warn(
                    "{} in the plugin folder is refused. {}",
                    plugin.file(),
                    plugin.reason().orElse(""));
        }
    }
}
