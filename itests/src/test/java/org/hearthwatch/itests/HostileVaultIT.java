package org.hearthwatch.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Archives and vaults somebody laid hands on. Cases 30 to 33, and 41 for archives. */
class HostileVaultIT {

    @RegisterExtension
    static final HostileCases cases = HostileCases.noted();

    @RegisterExtension
    static final Appliance appliance = HostileCases.APPLIANCE;

    private static Path archive = Path.of("");

    @TempDir
    Path folder;

    @BeforeAll
    static void a_backup() throws Exception {
        appliance.await("the vault to be open", () -> appliance.command("vault-status").out().contains("unsealed"));
        String made = appliance.command("backup-create", "--json").orThrow();
        archive = Path.of(Person.JSON.readTree(made).path("file").asText());
    }

    private static Script.Reply verify(Path file, String... more) {
        List<String> words = new java.util.ArrayList<>(List.of("backup-verify", file.toString()));
        words.addAll(List.of(more));
        return appliance.command(words.toArray(String[]::new));
    }

    private static String refused(Script.Reply reply, String because) {
        assertThat(reply.exitCode()).as(reply.toString()).isEqualTo(1);
        assertThat(reply.out() + reply.err()).contains(because);
        return because;
    }

    @Test
    void an_archive_with_what_may_not_be_in_it_is_refused_before_it_writes() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/age")), "age is not installed");
        String recipient = Files.readString(appliance.state().resolve("hearthwatch/backup/recipient")).strip();
        var answers = new TreeMap<String, String>();
        for (String path : List.of("../evil", "/etc/evil", "etc/../../evil", "deploy/evil.jar", "state/vault/vault.key", "etc/a\\b")) {
            answers.put(path, restoring(recipient, tar(manifest(path), entry(path, '0'))));
        }
        answers.put("symlink", restoring(recipient, tar(manifest("etc/a.cfg"), entry("etc/a.cfg", '2'))));
        answers.put("hardlink", restoring(recipient, tar(manifest("etc/a.cfg"), entry("etc/a.cfg", '1'))));
        answers.put("device", restoring(recipient, tar(manifest("etc/a.cfg"), entry("etc/a.cfg", '3'))));
        answers.put("same name twice", restoring(recipient, tar(manifest("etc/a.cfg", "etc/a.cfg"), entry("etc/a.cfg", '0'))));
        answers.put("not in the manifest", restoring(recipient, tar(manifest("etc/a.cfg"), entry("etc/a.cfg", '0'), entry("etc/b.cfg", '0'))));
        answers.put("a lie about the size", restoring(recipient, tar(manifest("etc/a.cfg").replace("\"size\":7", "\"size\":9000000000"), entry("etc/a.cfg", '0'))));
        answers.put("a newer format", restoring(recipient, tar(manifest("etc/a.cfg").replace("\"version\":1", "\"version\":2"), entry("etc/a.cfg", '0'))));
        assertThat(appliance.state().resolve("restore/ready")).doesNotExist();
        assertThat(appliance.home().resolve("evil")).doesNotExist();
        assertThat(appliance.home().getParent().resolve("evil")).doesNotExist();
        HostileCases.answered(30, "restoring archives, rightly encrypted, that hold", answers.toString());
    }

    private String restoring(String recipient, byte[] tar) throws Exception {
        Path file = folder.resolve("hearthwatch-20260101-000000.tar.age");
        Files.deleteIfExists(file);
        Process age = new ProcessBuilder("age", "-r", recipient, "-o", file.toString()).redirectErrorStream(true).start();
        age.getOutputStream().write(tar);
        age.getOutputStream().close();
        assertThat(age.waitFor(20, TimeUnit.SECONDS)).isTrue();
        Script.Reply reply = appliance.command("backup-restore", file.toString(), "--accept-unsigned");
        String said = (reply.out() + reply.err()).strip().replaceAll("\\s+", " ");
        assertThat(reply.exitCode()).as(said).isEqualTo(1);
        assertThat(said).contains("is of no use: ").doesNotContain("Exception");
        return said.substring(said.indexOf("is of no use: ") + 14);
    }

    private static final byte[] CONTENT = "content".getBytes(StandardCharsets.US_ASCII);

    private static String manifest(String... paths) throws Exception {
        String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(CONTENT));
        var files = new java.util.ArrayList<String>();
        for (String path : paths) {
            files.add("{\"path\":" + Person.JSON.writeValueAsString(path) + ",\"size\":7,\"sha256\":\"" + hash + "\"}");
        }
        return "{\"version\":1,\"created\":\"2026-01-01T00:00:00Z\",\"program\":\"x\",\"files\":[" + String.join(",", files) + "],\"plugins\":[]}";
    }

    private static byte[] tar(String manifest, byte[]... entries) throws IOException {
        var tar = new ByteArrayOutputStream();
        tar.writeBytes(entry("manifest.json", '0', manifest.getBytes(StandardCharsets.UTF_8)));
        for (byte[] entry : entries) {
            tar.writeBytes(entry);
        }
        tar.writeBytes(new byte[1024]);
        return tar.toByteArray();
    }

    private static byte[] entry(String name, char type) {
        return entry(name, type, CONTENT);
    }

    private static byte[] entry(String name, char type, byte[] content) {
        byte[] entry = new byte[512 + (content.length + 511) / 512 * 512];
        put(entry, 0, name);
        put(entry, 100, "0000600\0");
        put(entry, 108, "0000000\0");
        put(entry, 116, "0000000\0");
        put(entry, 124, "%011o\0".formatted(content.length));
        put(entry, 136, "00000000000\0");
        put(entry, 148, "        ");
        entry[156] = (byte) type;
        put(entry, 257, "ustar\00000");
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += entry[i] & 0xff;
        }
        put(entry, 148, "%06o\0 ".formatted(sum));
        System.arraycopy(content, 0, entry, 512, content.length);
        return entry;
    }

    private static void put(byte[] entry, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, entry, at, bytes.length);
    }

    @Test
    void an_archive_that_was_changed_is_refused_exactly() throws Exception {
        Path copy = folder.resolve(archive.getFileName());
        Path note = folder.resolve(archive.getFileName() + ".sig");
        byte[] whole = Files.readAllBytes(archive);
        String right = Files.readString(Path.of(archive + ".sig"));
        Files.writeString(note, right);
        var answers = new TreeMap<String, String>();
        Files.write(copy, whole);
        assertThat(verify(copy, "--deep").exitCode()).isZero();
        byte[] flipped = whole.clone();
        flipped[whole.length / 2] ^= 1;
        Files.write(copy, flipped);
        answers.put("a bit flipped", refused(verify(copy), "does not fit"));
        answers.put("a bit flipped, unsigned taken", refused(verify(copy, "--deep", "--accept-unsigned"), "is of no use"));
        for (int at = 1 << 16; at < whole.length; at += 4 << 16) {
            Files.write(copy, Arrays.copyOf(whole, at));
            answers.put("cut at part of 64 KiB", refused(verify(copy, "--deep", "--accept-unsigned"), "is of no use"));
        }
        Files.write(copy, whole);
        Files.delete(note);
        answers.put("unsigned", refused(verify(copy), "has no signature beside it"));
        Path renamed = Files.copy(copy, folder.resolve("hearthwatch-20300101-000000.tar.age"));
        Files.writeString(folder.resolve("hearthwatch-20300101-000000.tar.age.sig"), right);
        answers.put("another name", refused(verify(renamed), "or its name was changed"));
        if (Files.isExecutable(Path.of("/usr/bin/age-keygen"))) {
            Path key = folder.resolve("key");
            new ProcessBuilder("age-keygen", "-o", key.toString()).start().waitFor();
            answers.put("another's key", refused(verify(copy, "--accept-unsigned", "--identity", key.toString()), "made for others"));
        }
        HostileCases.answered(31, "archives that were changed, exit code 1 each", answers.toString());

        String[] parts = right.split("\n\n", 2);
        String[] lines = parts[1].split("\n", -1);
        var halves = new TreeMap<String, String>();
        halves.put("Ed25519 alone", lines[0]);
        halves.put("ML-DSA-65 alone", lines[1]);
        halves.put("none", "");
        halves.put("Ed25519 twice", lines[0] + "\n" + lines[0]);
        halves.put("the other way round", lines[1] + "\n" + lines[0]);
        halves.put("an unknown one first", lines[0].substring(0, 30) + "AAAA" + "\n" + lines[0] + "\n" + lines[1]);
        for (var half : halves.entrySet()) {
            Files.writeString(note, parts[0] + "\n\n" + half.getValue() + "\n");
            refused(verify(copy), "does not fit");
        }
        HostileCases.answered(41, "signatures of an archive: " + String.join(", ", halves.keySet()), "refused each");
    }

    @Test
    void a_vault_that_was_changed_stays_sealed_and_an_older_one_needs_to_be_accepted() throws Exception {
        Path vault = appliance.state().resolve("hearthwatch/vault/vault");
        byte[] older = Files.readAllBytes(vault);
        appliance.script().runWithInput("value\n", "secret-set", "hostile/one", "--stdin").orThrow();
        appliance.script().runWithInput("value\n", "secret-set", "hostile/two", "--stdin").orThrow();
        byte[] right = Files.readAllBytes(vault);
        var answers = new TreeMap<String, String>();
        appliance.command("vault-seal").orThrow();
        try {
            for (int at : new int[] {0, 20, 100, right.length / 2, right.length - 1}) {
                byte[] flipped = right.clone();
                flipped[at] ^= 1;
                write(vault, flipped);
                answers.put("a bit flipped", stays());
            }
            for (int length : new int[] {0, 1, 100, right.length / 2, right.length - 1}) {
                write(vault, Arrays.copyOf(right, length));
                answers.put("cut", stays());
            }
            write(vault, ByteBuffer.allocate(right.length + 1).put(right).array());
            answers.put("a byte more", stays());
            Path away = vault.resolveSibling("away");
            write(vault, right);
            Files.move(vault, away);
            Files.createSymbolicLink(vault, away);
            answers.put("a link", stays());
            Files.delete(vault);
            Files.move(away, vault);
            Files.setPosixFilePermissions(vault, PosixFilePermissions.fromString("rw-r--r--"));
            answers.put("readable by everybody", stays());
            Files.setPosixFilePermissions(vault, PosixFilePermissions.fromString("rw-------"));
            HostileCases.answered(32, "vaults that were changed (every byte and length, slots, parameters: TamperTest)", answers.toString());

            write(vault, older);
            Script.Reply rolled = appliance.command("vault-unseal", "--with", "machine");
            String said = (rolled.out() + rolled.err()).strip();
            assertThat(rolled.exitCode()).as(said).isEqualTo(1);
            assertThat(said).contains("older than");
            HostileCases.answered(33, "yesterday's vault put back", said);
        } finally {
            write(vault, right);
            appliance.command("vault-unseal", "--with", "machine").orThrow();
        }
        assertThat(appliance.command("secret-list").orThrow()).contains("hostile/two");
    }

    private static String stays() {
        Script.Reply reply = appliance.command("vault-unseal", "--with", "machine");
        assertThat(reply.exitCode()).as(reply.toString()).isEqualTo(1);
        assertThat(appliance.command("vault-status").out()).doesNotContain("unsealed");
        return "stays sealed";
    }

    private static void write(Path vault, byte[] content) throws IOException {
        Path next = vault.resolveSibling("hostile");
        Files.deleteIfExists(next);
        Files.createFile(next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(next, content);
        Files.move(next, vault, StandardCopyOption.ATOMIC_MOVE);
    }
}
