package org.hearthwatch.backup;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.backup.BackupException;
import org.hearthwatch.api.backup.Backups;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Gauge;

/** What this bundle reports about itself. */
public final class BackupFigures implements Collector {

    private static final Gauge ARCHIVES = Gauge.of("hearthwatch_backup_archives", "Archives in the folder of backups");
    private static final Gauge BYTES =
            Gauge.of("hearthwatch_backup_newest_bytes", "Size of the newest archive, where there is one");
    private static final Gauge AGE =
            Gauge.of("hearthwatch_backup_newest_age_seconds", "Age of the newest archive, where there is one");
    private static final Gauge DRILL = Gauge.of(
            "hearthwatch_backup_drill_age_seconds", "Time since an archive was last unpacked on trial");
    private static final Gauge PASSED =
            Gauge.of("hearthwatch_backup_drill_passed", "1 if the last archive unpacked on trial was right, else 0");

    private final Archives archives;
    private final InstantSource clock;

    public BackupFigures(Archives archives, InstantSource clock) {
        this.archives = archives;
        this.clock = clock;
    }

    @Override
    public void collect(SampleSink sink) {
        List<Backups.Archive> all;
        try {
            all = archives.list();
        } catch (BackupException e) {
            // A folder that cannot be read has no archives to offer either; making the next one says why.
            all = List.of();
        }
        sink.set(ARCHIVES, (double) all.size());
        if (!all.isEmpty()) {
            sink.set(BYTES, (double) all.get(0).bytes());
            sink.set(AGE, (double) age(all.get(0).created()));
        }
        Optional<Backups.Drill> drill = archives.lastDrill();
        if (drill.isPresent()) {
            sink.set(DRILL, (double) age(drill.get().time()));
            sink.set(PASSED, drill.get().passed() ? 1 : 0);
        }
    }

    private long age(Instant time) {
        return Duration.between(time, clock.instant()).toSeconds();
    }
}
