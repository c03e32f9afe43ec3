package org.hearthwatch.store.blocks;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hearthwatch.api.config.HumanDuration;

/**
 * What a block's file name says: {@code blk/<raw or width>/<from>-<to>-<level>-<generation>.blk}. The times in it are for
 * people; those that count stand in the block.
 *
 * @param resolution 0 for samples as they came, else the width of the tier's intervals in milliseconds
 * @param generation unique; of two samples of one time that in the block of the greater generation holds
 */
record BlockName(long resolution, long from, long to, int level, long generation) {

    static final String FOLDER = "blk";
    static final String RAW = "raw";
    static final String UNFINISHED = ".tmp";
    private static final String SUFFIX = ".blk";
    private static final Pattern SYNTAX = Pattern.compile("[0-9T]+-[0-9T]+-(\\d{1,2})-(\\d{1,18})\\.blk");

    /** The name of the file in the store's directory. */
    String file() {
        return folder(resolution) + '/' + words(from) + '-' + words(to) + '-' + level + '-' + generation + SUFFIX;
    }

    /** The name it has while it is being written. */
    String unfinished() {
        return file() + UNFINISHED;
    }

    static String folder(long resolution) {
        return FOLDER + '/' + (resolution == 0 ? RAW : HumanDuration.format(Duration.ofMillis(resolution)));
    }

    /** The folder that a file with a name of a block is in. */
    static String folderOf(String file) {
        return file.substring(0, file.lastIndexOf('/'));
    }

    /** The generation a file's name says, if it is a block's. */
    static Optional<Long> generationOf(String file) {
        var parts = SYNTAX.matcher(file.substring(file.lastIndexOf('/') + 1));
        return parts.matches() ? Optional.of(Long.parseLong(parts.group(2))) : Optional.empty();
    }

    private static String words(long time) {
        return Times.FORMAT.format(Instant.ofEpochMilli(Math.max(Times.EARLIEST, Math.min(Times.LATEST, time))));
    }

    /** Apart, since a start reads names and writes none. */
    private static final class Times {
        private static final DateTimeFormatter FORMAT =
                DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
        private static final long LATEST = 253_402_300_799_000L;
        private static final long EARLIEST = -62_135_596_800_000L;
    }
}
