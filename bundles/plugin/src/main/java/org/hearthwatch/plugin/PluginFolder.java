package org.hearthwatch.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.hearthwatch.api.plugin.Plugin;
import org.hearthwatch.api.plugin.Plugin.State;
import org.hearthwatch.api.plugin.Plugins;
import org.hearthwatch.plugin.FolderView.Content;
import org.hearthwatch.plugin.FolderView.Seen;
import org.hearthwatch.plugin.trust.FileClaim;
import org.hearthwatch.plugin.trust.TrustFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the plugin folder, what may run and what runs against each other, and brings what runs in line with the other two.
 * Changing a file after it came in changes nothing but its state in the list: what runs is a copy.
 *
 * <p>Thread-safe. {@link #list} never waits; the rest waits for one another.
 */
public final class PluginFolder implements Plugins {

    private static final Logger LOG = LoggerFactory.getLogger(PluginFolder.class);
    private static final int LEAST_DIGITS = 12;

    private final ReentrantLock lock = new ReentrantLock();
    private final Path folder;
    private final PluginHost host;
    private final InstantSource clock;
    private final TrustFolder trust;
    private final boolean safe;
    private final Approvals approvals;
    private final Admissions admissions;
    private final Workshop workshop;
    private final FolderView view;
    private final PluginList list;
    private final Tally tally = new Tally();

    private boolean reconciled;

    private volatile Settings settings;

    /**
     * Where and how an engine works.
     *
     * @param folder where plugins are dropped; made if it is not there
     * @param state a folder of the engine's own
     * @param safe whether no plugin is started, whatever may run
     */
    public record Place(Path folder, Path state, boolean safe) {}

    /** An engine that has not looked at the folder yet. */
    public PluginFolder(
            Place place, PluginHost host, TrustFolder trust, Journal journal, InstantSource clock, Settings settings)
            throws IOException {
        this.folder = place.folder();
        this.safe = place.safe();
        this.host = host;
        this.clock = clock;
        this.trust = trust;
        this.settings = settings;
        Files.createDirectories(place.state());
        approvals = new Approvals(place.state().resolve("approved.json"));
        admissions = new Admissions(approvals, trust, () -> this.settings, journal, clock);
        workshop = new Workshop(folder, place.state(), host, clock, () -> this.settings, admissions, journal, tally);
        view = new FolderView(folder);
        list = new PluginList(admissions, workshop, journal, tally, clock, safe);
    }

    public void use(Settings newSettings) {
        lock.lock();
        try {
            settings = newSettings;
            // What may run may be another by these settings.
            reconciled = false;
        } finally {
            lock.unlock();
        }
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
            boolean changed = trust.refresh();
            changed |= workshop.judge();
            changed |= view.look(settings, host::surroundings, clock.instant());
            if (changed || !reconciled) {
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
            workshop.close();
            list.clear();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Plugin> list() {
        return list.list();
    }

    @Override
    public Plugin approve(String sha256, String approver) throws PluginRefusal {
        return approve(sha256, approver, false);
    }

    @Override
    public Plugin approveDowngrade(String sha256, String approver) throws PluginRefusal {
        return approve(sha256, approver, true);
    }

    private Plugin approve(String sha256, String approver, boolean downgrade) throws PluginRefusal {
        lock.lock();
        try {
            Plugin plugin = find(sha256);
            if (plugin.state() == State.REFUSED) {
                throw new PluginRefusal(plugin.file() + " cannot be approved. "
                        + plugin.reason().orElse(""));
            }
            if (plugin.state() != State.RUNNING) {
                if (downgrade) {
                    lower(plugin);
                }
                refuseIfBarred(plugin);
                admissions.approve(plugin, approver);
                workshop.forgive(plugin.sha256());
                reconcile();
            }
            return find(plugin.sha256());
        } catch (IOException e) {
            throw new PluginRefusal("The approval could not be written: " + e);
        } finally {
            lock.unlock();
        }
    }

    private void lower(Plugin plugin) throws IOException, PluginRefusal {
        if (!admissions.byApproval()) {
            throw new PluginRefusal("A lower version does not come in while only signed plugins run"
                    + " (unsigned in etc/org.hearthwatch.plugin.cfg)");
        }
        admissions.lower(plugin.symbolicName(), plugin.version());
    }

    private void refuseIfBarred(Plugin plugin) throws PluginRefusal {
        for (Seen seen : view.files()) {
            if (seen.sha256().equals(plugin.sha256())
                    && seen.content() instanceof Content.Fit fit
                    && admissions.of(seen, fit) instanceof Standing.Barred barred) {
                throw new PluginRefusal(plugin.file() + " cannot be approved. " + barred.reason());
            }
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
                    Files.deleteIfExists(folder.resolve(seen.name() + FileClaim.SUFFIX));
                }
            }
            admissions.forget(plugin.sha256());
            workshop.forgive(plugin.sha256());
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
        List<Plugin> found = list().stream()
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

    private void reconcile() throws IOException {
        for (Seen seen : view.files()) {
            // What could not be put on record is tried again.
            reconciled &= admissions.consider(seen);
        }
        if (!safe) {
            run();
        }
        list.show(view);
    }

    private void run() {
        Map<String, Seen> candidates = candidates();
        for (Running each : workshop.all()) {
            if (!candidates.containsKey(each.jar().symbolicName())
                    && !mayStay(each.sha256(), each.file(), each.jar().symbolicName(), candidates.values())) {
                workshop.stop(each.jar().symbolicName());
            }
        }
        // A candidate that fails makes way for the next newest, so this ends when each has had its turn.
        for (boolean settled = false; !settled; candidates = candidates()) {
            settled = true;
            for (Map.Entry<String, Seen> each : candidates.entrySet()) {
                Optional<Running> current = workshop.find(each.getKey());
                if (current.filter(running -> running.sha256().equals(each.getValue().sha256()))
                        .isEmpty()) {
                    settled &= workshop.replace(each.getKey(), each.getValue());
                }
            }
        }
        for (Approval each : approvals.all()) {
            if (each.failure().isEmpty()
                    && !candidates.containsKey(each.symbolicName())
                    && view.files().stream().noneMatch(seen -> seen.sha256().equals(each.sha256()))
                    && mayStay(each.sha256(), each.file(), each.symbolicName(), candidates.values())) {
                workshop.resume(each);
            }
        }
        workshop.clear();
    }

    /**
     * Where the bytes of a running plugin's file changed, the old version works on until the new one comes in; and likewise
     * where the new one came in and failed.
     */
    private boolean mayStay(String sha256, String file, String symbolicName, Collection<Seen> candidates) {
        return admissions.letIn(sha256).isPresent()
                && view.files().stream().anyMatch(seen -> seen.name().equals(file) || failedAs(seen, symbolicName))
                && candidates.stream().noneMatch(seen -> seen.name().equals(file));
    }

    private boolean failedAs(Seen seen, String symbolicName) {
        return seen.content() instanceof Content.Fit fit
                && fit.jar().symbolicName().equals(symbolicName)
                && workshop.failure(seen.sha256()).isPresent();
    }

    /** What should run: for each symbolic name the file let in last that has not failed. */
    private Map<String, Seen> candidates() {
        Map<String, Seen> newest = new TreeMap<>();
        for (Seen seen : view.files()) {
            if (seen.content() instanceof Content.Fit fit
                    && mayRun(seen, fit)
                    && workshop.failure(seen.sha256()).isEmpty()) {
                newest.merge(
                        fit.jar().symbolicName(), seen, (a, b) -> approvedAt(b).isAfter(approvedAt(a)) ? b : a);
            }
        }
        return newest;
    }

    /** One that was let in earlier also comes back where a higher version fails. */
    private boolean mayRun(Seen seen, Content.Fit fit) {
        return admissions.of(seen, fit) instanceof Standing.LetIn
                || (admissions.letIn(seen.sha256()).isPresent()
                        && view.files().stream()
                                .anyMatch(other -> failedAs(other, fit.jar().symbolicName())));
    }

    private Instant approvedAt(Seen seen) {
        return approvals.find(seen.sha256()).map(Approval::time).orElse(Instant.MIN);
    }
}
