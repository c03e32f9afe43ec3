package org.hearthwatch.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * An unpacked archive that waits for the next start, which puts it in place before anything else reads the state. Every step is
 * one rename, and one that was done is seen and not done again: a machine that stops in between goes on at its next start.
 */
public final class PendingRestore {

    private static final String NEW = "new";
    private static final String READY = "ready";
    private static final String FORMER = "former";
    private static final String DONE = "done";

    private final Places places;

    public PendingRestore(Places places) {
        this.places = places;
    }

    /** An empty folder to unpack into. */
    Path begin() throws IOException {
        Path folder = places.restore().resolve(NEW);
        Places.delete(folder);
        Places.makeFolder(folder);
        return folder;
    }

    /** What was unpacked is whole, and waits from now on. */
    void ready() throws IOException {
        Places.delete(places.restore().resolve(READY));
        Files.move(places.restore().resolve(NEW), places.restore().resolve(READY), StandardCopyOption.ATOMIC_MOVE);
        Places.force(places.restore());
    }

    boolean isWaiting() {
        return Places.exists(places.restore().resolve(READY));
    }

    boolean cancel() throws IOException {
        boolean waiting = isWaiting();
        Places.delete(places.restore().resolve(NEW));
        Places.delete(places.restore().resolve(READY));
        return waiting;
    }

    /**
     * Puts what waits in place; what was there before goes to {@code restore/done/former}. The audit log that is there stays:
     * it also tells of what came after the backup.
     *
     * @return what was put in place, for the log; empty where nothing waits
     */
    public List<String> apply() throws IOException {
        Path ready = places.restore().resolve(READY);
        if (!isWaiting()) {
            return List.of();
        }
        List<String> done = new ArrayList<>();
        Path former = ready.resolve(FORMER);
        swap(ready.resolve(ArchivePath.ETC), places.etc(), former.resolve(ArchivePath.ETC), done);
        Path state = ready.resolve(ArchivePath.STATE);
        if (Files.isDirectory(state)) {
            List<Path> parts;
            try (Stream<Path> all = Files.list(state)) {
                parts = all.sorted().toList();
            }
            for (Path part : parts) {
                String name = String.valueOf(part.getFileName());
                if (!name.equals("audit") || !Files.isDirectory(places.state().resolve(name))) {
                    swap(
                            part,
                            places.state().resolve(name),
                            former.resolve(ArchivePath.STATE).resolve(name),
                            done);
                }
            }
        }
        swap(
                ready.resolve(ArchivePath.SAMPLES),
                places.state().resolve("store"),
                former.resolve(ArchivePath.STATE).resolve("store"),
                done);
        Places.delete(places.restore().resolve(DONE));
        Files.move(ready, places.restore().resolve(DONE), StandardCopyOption.ATOMIC_MOVE);
        Places.force(places.restore());
        return done;
    }

    private static void swap(Path from, Path target, Path former, List<String> done) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        Path above = target.getParent();
        if (above != null) {
            Places.makeFolder(above);
        }
        if (Places.exists(target)) {
            for (String name : ArchivePath.LEFT_OUT) {
                if (Files.isRegularFile(target.resolve(name))) {
                    Files.copy(
                            target.resolve(name),
                            from.resolve(name),
                            StandardCopyOption.REPLACE_EXISTING,
                            StandardCopyOption.COPY_ATTRIBUTES);
                    Places.forceFile(from.resolve(name));
                }
            }
            Path aside = former;
            for (int i = 2; Places.exists(aside); i++) {
                aside = former.resolveSibling(former.getFileName() + "-" + i);
            }
            Path folder = aside.getParent();
            if (folder != null) {
                Places.makeFolder(folder);
            }
            Files.move(target, aside, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(from, target, StandardCopyOption.ATOMIC_MOVE);
        if (above != null) {
            Places.force(above);
        }
        done.add(target.toString());
    }
}
