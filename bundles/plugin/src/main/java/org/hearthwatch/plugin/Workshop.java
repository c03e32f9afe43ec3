package org.hearthwatch.plugin;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.hearthwatch.api.audit.AuditEvent.Outcome;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.plugin.FolderView.Seen;
import org.hearthwatch.plugin.PluginHost.HostException;
import org.hearthwatch.plugin.jar.Digests;
import org.hearthwatch.plugin.jar.JarReader;
import org.hearthwatch.plugin.jar.PluginJar;
import org.hearthwatch.plugin.jar.UnfitJarException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts, replaces, rolls back and stops plugins. What runs was copied into a folder of ours first, its digest taken of the
 * copied bytes, and only that copy is given to the framework. Not thread-safe.
 */
final class Workshop {

    private static final Logger LOG = LoggerFactory.getLogger(Workshop.class);
    private static final String COPY_ENDING = ".jar";

    private final Path folder;
    private final Path copies;
    private final PluginHost host;
    private final InstantSource clock;
    private final Supplier<Settings> settings;
    private final Admissions admissions;
    private final Journal journal;
    private final StartMark mark;
    private final Tally tally;
    private final Map<String, Running> running = new TreeMap<>();
    private final Map<String, Trial> trials = new HashMap<>();
    private final Map<String, String> failures = new HashMap<>();

    Workshop(
            Path folder,
            Path state,
            PluginHost host,
            InstantSource clock,
            Supplier<Settings> settings,
            Admissions admissions,
            Journal journal,
            Tally tally)
            throws IOException {
        this.folder = folder;
        this.host = host;
        this.clock = clock;
        this.settings = settings;
        this.admissions = admissions;
        this.journal = journal;
        this.tally = tally;
        copies = state.resolve("bundles");
        mark = new StartMark(state.resolve("starting"));
        Files.createDirectories(folder);
        Files.createDirectories(copies);
        Optional<String> fatal = mark.take();
        if (fatal.isPresent()) {
            String reason = "The appliance ended while it started. Approve it anew to try again";
            admissions.fail(fatal.get(), reason);
            journal.tell("plugin:start", fatal.get(), Outcome.FAILED, reason);
            LOG.error("The process before ended while the plugin {} started; it stays off", fatal.get());
        }
    }

    Optional<Running> find(String symbolicName) {
        return Optional.ofNullable(running.get(symbolicName));
    }

    List<Running> all() {
        return List.copyOf(running.values());
    }

    /** Why a file failed, since the engine began or for good. */
    Optional<String> failure(String sha256) {
        return Optional.ofNullable(failures.get(sha256))
                .or(() -> admissions.letIn(sha256).flatMap(Approval::failure));
    }

    void forgive(String sha256) {
        failures.remove(sha256);
    }

    /** Puts a plugin in place of the former one of its name, if there is one. */
    boolean replace(String symbolicName, Seen next) {
        Optional<Running> former = find(symbolicName);
        Set<String> worked = former.isPresent() ? host.workingCollectors(symbolicName) : Set.of();
        try {
            Running started = start(copy(next), next.name(), next.sha256());
            if (former.isPresent() && !worked.isEmpty()) {
                // Of two changes in a row the one to go back to is the one before both, if neither has shown itself
                // yet.
                Running proven = Optional.ofNullable(trials.get(symbolicName))
                        .map(Trial::former)
                        .orElse(former.get());
                trials.put(
                        symbolicName,
                        new Trial(
                                proven,
                                started,
                                worked,
                                clock.instant().plus(settings.get().trial())));
            } else {
                ranWell(started);
            }
            return true;
        } catch (HostException | IOException | UnfitJarException e) {
            fail(next.name(), next.sha256(), reasonOf(e));
            running.remove(symbolicName);
            if (former.isPresent() && admissions.letIn(former.get().sha256()).isPresent()) {
                rollBack(former.get());
            } else {
                report(symbolicName, host.remove(symbolicName));
            }
            return false;
        }
    }

    private void fail(String file, String sha256, String reason) {
        tally.failed();
        failures.put(sha256, reason);
        journal.tell("plugin:start", file + " " + sha256, Outcome.FAILED, reason);
        LOG.error("The plugin {} did not start. {}", file, reason);
    }

    private void ranWell(Running started) {
        try {
            admissions.ranWell(started.jar().symbolicName(), started.jar().version());
        } catch (IOException e) {
            LOG.error(
                    "That {} {} ran could not be remembered: {}",
                    started.file(),
                    started.jar().version(),
                    e.toString());
        }
    }

    /**
     * Looks at new versions on trial.
     *
     * @return whether one was rolled back
     */
    boolean judge() {
        boolean rolledBack = false;
        for (Trial trial : List.copyOf(trials.values())) {
            String symbolicName = trial.next().jar().symbolicName();
            if (!find(symbolicName).equals(Optional.of(trial.next()))) {
                trials.remove(symbolicName);
                continue;
            }
            Set<String> missing = trial.missing(host.workingCollectors(symbolicName));
            if (missing.isEmpty()) {
                trials.remove(symbolicName);
                ranWell(trial.next());
            } else if (!clock.instant().isBefore(trial.deadline())) {
                trials.remove(symbolicName);
                rolledBack = true;
                String reason = "Collectors that worked in version "
                        + trial.former().jar().version()
                        + " did not work within "
                        + HumanDuration.format(settings.get().trial()) + ": "
                        + String.join(", ", missing);
                fail(trial.next().file(), trial.next().sha256(), reason);
                keepFailed(trial.next().sha256(), reason);
                running.remove(symbolicName);
                if (admissions.letIn(trial.former().sha256()).isPresent()) {
                    rollBack(trial.former());
                } else {
                    report(symbolicName, host.remove(symbolicName));
                }
            }
        }
        return rolledBack;
    }

    private void keepFailed(String sha256, String reason) {
        try {
            admissions.fail(sha256, reason);
        } catch (IOException e) {
            LOG.error(
                    "That {} failed could not be remembered; the next start tries it again: {}", sha256, e.toString());
        }
    }

    private void rollBack(Running former) {
        try {
            start(former.copy(), former.file(), former.sha256());
            tally.rolledBack();
            journal.tell(
                    "plugin:roll-back",
                    former.jar().symbolicName() + " " + former.jar().version(),
                    Outcome.ALLOWED,
                    "the new version failed");
            LOG.warn(
                    "The plugin {} went back to version {}",
                    former.file(),
                    former.jar().version());
        } catch (HostException | IOException | UnfitJarException e) {
            fail(former.file(), former.sha256(), reasonOf(e));
            report(former.jar().symbolicName(), host.remove(former.jar().symbolicName()));
        }
    }

    /** Starts what ran when the appliance stopped and whose file holds other bytes by now. */
    void resume(Approval approval) {
        Path copy = copies.resolve(approval.sha256() + COPY_ENDING);
        if (!Files.isRegularFile(copy) || find(approval.symbolicName()).isPresent()) {
            return;
        }
        try {
            if (Digests.of(copy).equals(approval.sha256())) {
                start(copy, approval.file(), approval.sha256());
            }
        } catch (HostException | IOException | UnfitJarException e) {
            fail(approval.file(), approval.sha256(), reasonOf(e));
            report(approval.symbolicName(), host.remove(approval.symbolicName()));
        }
    }

    private static String reasonOf(Exception e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        return e instanceof UnfitJarException ? "The file " + message : message;
    }

    private Running start(Path copy, String file, String sha256) throws IOException, UnfitJarException, HostException {
        PluginJar jar = JarReader.read(copy, settings.get().maxFileBytes(), host.surroundings());
        long begin = clock.instant().toEpochMilli();
        mark.set(sha256);
        try {
            host.start(jar, copy);
        } finally {
            mark.clear();
        }
        var started = new Running(file, sha256, jar, copy);
        running.put(jar.symbolicName(), started);
        tally.started();
        LOG.info(
                "The plugin {} {} ({}) started in {} ms",
                jar.name(),
                jar.version(),
                file,
                clock.instant().toEpochMilli() - begin);
        return started;
    }

    /** Copies a file to where only we write, and makes sure that what was copied is what was let in. */
    private Path copy(Seen seen) throws IOException, HostException {
        Path copy = copies.resolve(seen.sha256() + COPY_ENDING);
        Path fresh = copies.resolve(seen.sha256() + ".new");
        String sha256;
        try (OutputStream out = Files.newOutputStream(fresh)) {
            sha256 = Digests.copy(
                    folder.resolve(seen.name()), out, settings.get().maxFileBytes());
        }
        if (!sha256.equals(seen.sha256())) {
            Files.delete(fresh);
            throw new HostException("The file changed after it was approved; its SHA-256 is now " + sha256);
        }
        Files.move(fresh, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return copy;
    }

    /** Stops a plugin and takes it out. */
    void stop(String symbolicName) {
        running.remove(symbolicName);
        trials.remove(symbolicName);
        report(symbolicName, host.remove(symbolicName));
        if (host.installed().contains(symbolicName)) {
            LOG.error(
                    "The plugin {} does not stop; what it left goes with the next start of the appliance",
                    symbolicName);
        } else {
            LOG.info("The plugin {} was stopped and uninstalled", symbolicName);
        }
    }

    /** Takes out what an earlier run of the appliance left in the framework. */
    void clear() {
        for (String installed : host.installed()) {
            if (!running.containsKey(installed)) {
                stop(installed);
            }
        }
        deleteCopies();
    }

    /** Stops everything, to be started again by the next engine. */
    void close() {
        for (String symbolicName : List.copyOf(running.keySet())) {
            running.remove(symbolicName);
            report(symbolicName, host.stop(symbolicName));
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
        Collection<Running> all = new ArrayList<>(running.values());
        trials.values().forEach(trial -> all.add(trial.former()));
        Set<Path> needed = new HashSet<>();
        all.forEach(each -> needed.add(each.copy()));
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(copies)) {
            for (Path copy : entries) {
                if (!needed.contains(copy)) {
                    Files.deleteIfExists(copy);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("Copies of former plugins could not be deleted from {}: {}", copies, e.toString());
        }
    }
}
