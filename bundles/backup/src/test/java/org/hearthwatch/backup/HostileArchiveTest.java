package org.hearthwatch.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that somebody made who has the key and means harm. */
class HostileArchiveTest {

    private static final byte[] CONTENT = "content".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path directory;

    private Path staging;

    @BeforeEach
    void staging() throws IOException {
        staging = Files.createDirectory(directory.resolve("staging"));
    }

    @Test
    void a_right_one_is_unpacked() throws Exception {
        Unpacking.all(new ByteArrayInputStream(archive("etc/a.cfg")), Optional.of(staging));

        assertThat(staging.resolve("etc/a.cfg")).hasBinaryContent(CONTENT);
    }

    @Test
    void a_file_where_none_may_stand_is_refused_before_anything_is_written() {
        for (String path : List.of(
                "../evil",
                "etc/../../evil",
                "/etc/passwd",
                "etc//a",
                "etc/./a",
                "etc/",
                "etc",
                "deploy/plugin.jar",
                "state/file",
                "state/store/wal/0",
                "state/backup/verifier",
                "state/vault/vault.key",
                "samples",
                "etc/a\\b",
                "etc/a\u0000b",
                "etc/" + "x".repeat(300))) {
            refused("where none may stand", manifested(path));
        }
    }

    @Test
    void what_is_no_regular_file_is_refused() throws Exception {
        for (char type : "12345xgL".toCharArray()) {
            byte[] archive = archive("etc/a.cfg");
            int header = archive.length - 4 * TarWriter.BLOCK;
            archive[header + 156] = (byte) type;
            checksummed(archive, header);
            refused("no regular file", archive);
        }
    }

    @Test
    void what_the_manifest_does_not_say_is_refused() throws Exception {
        Manifest manifest = manifest(item("etc/a.cfg"), item("etc/b.cfg"));
        refused("etc/b.cfg is missing", tar(manifest, "etc/a.cfg"));
        refused("holds etc/b.cfg where its manifest names etc/a.cfg", tar(manifest, "etc/b.cfg", "etc/a.cfg"));
        refused("which its manifest does not name", tar(manifest, "etc/a.cfg", "etc/b.cfg", "etc/c.cfg"));
        refused(
                "etc/a.cfg stands in it twice",
                tar(manifest(item("etc/a.cfg"), item("etc/a.cfg")).encode()));
        refused("its manifest says 8", tar(manifest(new Manifest.Item("etc/a.cfg", 8, "00")), "etc/a.cfg"));
        refused("is not as its manifest says", tar(manifest(new Manifest.Item("etc/a.cfg", 7, "00")), "etc/a.cfg"));
        refused(
                "has no possible size",
                tar(manifest(new Manifest.Item("etc/a.cfg", -1, "00")).encode()));
    }

    @Test
    void a_manifest_that_is_none_is_refused() throws Exception {
        refused(
                "a newer program made it",
                tar("{\"version\":2,\"created\":\"2026-01-01T00:00:00Z\"}".getBytes(StandardCharsets.US_ASCII)));
        refused("unknown field more", tar("{\"more\":1}".getBytes(StandardCharsets.US_ASCII)));
        refused("a time that is none", tar("{\"created\":\"now\"}".getBytes(StandardCharsets.US_ASCII)));
        refused("it is no object", tar("[]".getBytes(StandardCharsets.US_ASCII)));
        var empty = new ByteArrayOutputStream();
        new TarWriter(empty).close();
        refused("does not begin with its manifest", empty.toByteArray());
    }

    @Test
    void no_end_of_it_may_be_missing_and_nothing_stands_behind() throws Exception {
        byte[] whole = archive("etc/a.cfg");
        for (int length = 0; length < whole.length; length += 100) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> Unpacking.all(new ByteArrayInputStream(cut), Optional.empty()));
        }
        refused("behind the archive's end", Arrays.copyOf(whole, whole.length + 1));
    }

    @Test
    void the_tar_program_reads_ours() throws Exception {
        String longest = "state/" + "d".repeat(90) + "/" + "f".repeat(99);
        Path file = Files.write(directory.resolve("a.tar"), archive("etc/a.cfg", longest));

        Process tar = new ProcessBuilder("tar", "-C", staging.toString(), "-xf", file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(tar.waitFor()).as(said).isZero();
        assertThat(staging.resolve(longest)).hasBinaryContent(CONTENT);
    }

    @Test
    void a_restore_that_is_stopped_anywhere_goes_on_at_the_next_start() throws Exception {
        // Every state that a stop between two renames can leave, made by doing the first renames by hand.
        for (int done = 0; done <= 4; done++) {
            var machine = new Machine(directory.resolve("machine-" + done));
            Path file = machine.archives().create(false).file();
            machine.put("home/etc/org.hearthwatch.store.cfg", "changed");
            machine.put("home/state/hearthwatch/access/access.json", "changed");
            machine.archives().restore(file, Machine.OWN);
            Path ready = machine.places.restore().resolve("ready");
            List<Map.Entry<Path, Path>> renames = List.of(
                    Map.entry(machine.places.etc(), ready.resolve("former/etc")),
                    Map.entry(ready.resolve("etc"), machine.places.etc()),
                    Map.entry(machine.places.state().resolve("access"), ready.resolve("former/state/access")),
                    Map.entry(
                            ready.resolve("state/access"),
                            machine.places.state().resolve("access")));
            for (var rename : renames.subList(0, done)) {
                Files.createDirectories(rename.getValue().getParent());
                Files.move(rename.getKey(), rename.getValue());
            }

            new PendingRestore(machine.places).apply();

            assertThat(machine.get("home/etc/org.hearthwatch.store.cfg")).isEqualTo("retention = 15d\n");
            assertThat(machine.get("home/state/hearthwatch/access/access.json")).isEqualTo("{}");
            assertThat(machine.get("home/state/hearthwatch/vault/vault.key")).contains("canary");
            assertThat(machine.get("home/state/restore/done/former/etc/org.hearthwatch.store.cfg"))
                    .isEqualTo("changed");
        }
    }

    private static Manifest.Item item(String path) {
        return new Manifest.Item(
                path,
                CONTENT.length,
                HexFormat.of().formatHex(Signature.sha256().digest(CONTENT)));
    }

    private static Manifest manifest(Manifest.Item... items) {
        return new Manifest(Instant.EPOCH, "0.1.0", Optional.empty(), List.of(items), List.of());
    }

    private static byte[] archive(String... paths) throws IOException {
        return tar(manifest(Arrays.stream(paths).map(HostileArchiveTest::item).toArray(Manifest.Item[]::new)), paths);
    }

    private static byte[] tar(Manifest manifest, String... paths) throws IOException {
        return tar(manifest.encode(), paths);
    }

    private static byte[] tar(byte[] manifest, String... paths) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var tar = new TarWriter(out)) {
            tar.file(Manifest.PATH, manifest.length, 0, new ByteArrayInputStream(manifest));
            for (String path : paths) {
                tar.file(path, CONTENT.length, 0, new ByteArrayInputStream(CONTENT));
            }
        }
        return out.toByteArray();
    }

    private static byte[] manifested(String path) {
        try {
            return tar(manifest(item(path)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void checksummed(byte[] archive, int header) {
        byte[] block = Arrays.copyOfRange(archive, header, header + TarWriter.BLOCK);
        byte[] sum = String.format("%06o\0 ", TarWriter.checksum(block)).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(sum, 0, archive, header + 148, sum.length);
    }

    private void refused(String message, byte[] archive) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Unpacking.all(
                        new ByteArrayInputStream(archive),
                        Optional.of(Files.createTempDirectory(directory, "refused"))))
                .withMessageContaining(message);
        assertThat(directory.resolve("evil")).doesNotExist();
    }
}
