package org.hearthwatch.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.hearthwatch.api.audit.AuditEntry;
import org.hearthwatch.api.audit.AuditTrail.Verification;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody changes the log behind the appliance's back, while it runs. */
class TamperTest {

    @TempDir
    Path directory;

    private AuditFolder folder;
    private FileAuditLog log;

    @BeforeEach
    void fill() throws Exception {
        folder = new AuditFolder(directory.resolve("audit"));
        log = folder.open();
        for (int i = 0; i < 10; i++) {
            log.record(AuditFolder.event("thing-" + i));
            if (i == 4) {
                log.checkpoint();
            }
        }
    }

    private Verification after(UnaryOperator<List<String>> tampering) throws IOException {
        folder.lines(tampering.apply(new ArrayList<>(folder.lines())));
        return log.verify();
    }

    @Test
    void an_untouched_log_is_right() throws Exception {
        assertThat(log.verify()).isEqualTo(new Verification(10, 1, Optional.empty()));
    }

    @Test
    void a_changed_entry_is_named() throws Exception {
        var found = after(lines -> {
            lines.set(6, lines.get(6).replace("thing-6", "thing-x"));
            return lines;
        });
        assertThat(found.problem()).hasValueSatisfying(text -> assertThat(text).contains("entry 6"));
    }

    @Test
    void a_removed_entry_is_named() throws Exception {
        var found = after(lines -> {
            lines.remove(7);
            return lines;
        });
        assertThat(found.problem())
                .hasValueSatisfying(text -> assertThat(text).contains("after entry 6 comes entry 8"));
    }

    @Test
    void an_inserted_entry_is_named() throws Exception {
        var found = after(lines -> {
            lines.add(3, lines.get(2));
            return lines;
        });
        assertThat(found.problem())
                .hasValueSatisfying(text -> assertThat(text).contains("after entry 2 comes entry 2"));
    }

    @Test
    void swapped_entries_are_named() throws Exception {
        var found = after(lines -> {
            Collections.swap(lines, 2, 3);
            return lines;
        });
        assertThat(found.problem()).isPresent();
        assertThat(found.entries()).isEqualTo(2);
    }

    @Test
    void a_cut_end_is_noticed() throws Exception {
        var found = after(lines -> lines.subList(0, 8));
        assertThat(found.problem()).hasValueSatisfying(text -> assertThat(text).contains("8 entries, but 10"));
    }

    @Test
    void every_changed_byte_is_noticed() throws Exception {
        var small = new AuditFolder(directory.resolve("small"));
        try (var three = small.with(3).open()) {
            three.checkpoint();
            flipEachByte(small, three);
        }
    }

    private static void flipEachByte(AuditFolder folder, FileAuditLog log) throws IOException {
        byte[] whole = Files.readAllBytes(folder.log());
        for (int i = 0; i < whole.length; i++) {
            whole[i] ^= 1;
            Files.write(folder.log(), whole);
            assertThat(log.verify().problem()).as("byte %s", i).isPresent();
            whole[i] ^= 1;
        }
    }

    @Test
    void a_log_written_anew_by_somebody_who_took_the_key_of_now_lacks_the_keys_of_then() throws Exception {
        byte[] stolen = new KeyFile(folder.path.resolve(FileAuditLog.KEY))
                .read()
                .orElseThrow()
                .bytes();
        var found = after(lines -> chained(lines, stolen));
        assertThat(found.problem()).hasValueSatisfying(text -> assertThat(text).contains("without its key"));
    }

    @Test
    void a_log_written_anew_does_not_match_the_checkpoint_even_when_no_key_is_known() throws Exception {
        Files.delete(folder.path.resolve(KeyPlace.FIRST_KEY));
        var found = after(lines -> chained(lines, new byte[32]));
        assertThat(found.problem())
                .hasValueSatisfying(text -> assertThat(text).contains("not those of the checkpoint of 2026-03-01"));
    }

    @Test
    void a_forged_checkpoint_is_not_believed() throws Exception {
        Path checkpoints = folder.path.resolve(FileAuditLog.CHECKPOINTS);
        Files.writeString(checkpoints, Files.readString(checkpoints).replace("\n5\n", "\n4\n"));
        assertThat(log.verify().problem())
                .hasValueSatisfying(text -> assertThat(text).contains("not signed by this appliance"));
    }

    /** The entries with another actor, in a chain that is right in itself. */
    private static List<String> chained(List<String> lines, byte[] key) {
        var anew = new ArrayList<String>();
        var chain = new Chain(Optional.empty());
        for (int i = 0; i < lines.size(); i++) {
            var entry = new AuditEntry(i, Instant.parse("2026-03-01T12:00:00Z"), AuditFolder.event("forged"));
            Line line = Line.of(entry, chain.head(), key);
            chain.add(line);
            anew.add(new String(line.bytes(), StandardCharsets.UTF_8));
        }
        return anew;
    }
}
