package org.hearthwatch.secret.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.hearthwatch.api.secret.NewSlot;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SlotKey;
import org.hearthwatch.api.secret.VaultException;
import org.hearthwatch.api.secret.VaultException.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever can write the file can make it useless, and nothing else. */
class TamperTest {

    private static final SlotKey UNATTENDED = new SlotKey.Unattended();

    @TempDir
    Path directory;

    private VaultFolder folder;
    private byte[] whole = new byte[0];

    @BeforeEach
    void vault() throws Exception {
        folder = new VaultFolder(directory);
        folder.withKeyFile();
        folder.credential("other", new byte[32]);
        FileVault vault = folder.vault();
        vault.addSlot(new NewSlot.Credential("ann", "other"));
        Files.delete(folder.credentials.resolve("other"));
        folder.records(vault).set("smtp/password", Secret.of("canary"));
        whole = Files.readAllBytes(folder.path);
    }

    @Test
    void no_bit_of_it_may_change() throws Exception {
        Set<String> reasons = new TreeSet<>();
        // Every byte of what stands before the body and of its tag; of the body itself every fifth, and all in long
        // runs.
        int front = Envelope.parse(whole).front().length + 24;
        int step = Integer.getInteger("hearthwatch.cases", 1) > 1 ? 1 : 5;
        for (int at = 0; at < whole.length; at += at < front || at > whole.length - 21 ? 1 : step) {
            byte[] changed = whole.clone();
            changed[at] ^= (byte) (1 << at % 8);
            reasons.add(refusal(changed).replaceAll("[0-9]{2,}", "N"));
        }
        assertThat(reasons.toString())
                .contains("does not begin as a vault does")
                .contains("slot 1 (file, machine)")
                .contains("slot 2")
                .contains("the header was changed")
                .contains("the body with the records was changed");
    }

    @Test
    void no_end_of_it_may_be_missing() throws Exception {
        for (int length = 0; length < whole.length; length += length < 40 ? 1 : 37) {
            refusal(Arrays.copyOf(whole, length));
        }
        refusal(Arrays.copyOf(whole, whole.length + 1));
    }

    @Test
    void slots_are_not_to_be_exchanged_removed_or_relabelled() throws Exception {
        Header header = Envelope.parse(whole).header();
        SlotEntry first = header.slots().get(0);
        SlotEntry second = header.slots().get(1);
        assertThat(refusal(with(header, first))).contains("the header was changed");
        assertThat(refusal(with(header, second, first))).contains("the header was changed");
        assertThat(refusal(with(header, first, first))).contains("slot 1 stands twice");
        var later = new Header(header.vault(), header.generation() + 1, header.written(), header.slots());
        assertThat(refusal(file(later))).contains("the header was changed");
    }

    @Test
    void a_header_of_another_vault_does_not_fit() throws Exception {
        var other = new VaultFolder(directory.resolve("other"));
        Files.createDirectories(directory.resolve("other"));
        Files.copy(folder.keyFile, other.keyFile, StandardCopyOption.COPY_ATTRIBUTES);
        other.withKeyFile();
        Header foreign = Envelope.parse(Files.readAllBytes(other.path)).header();

        assertThat(refusal(file(foreign))).contains("the header was changed");
    }

    @Test
    void weaker_parameters_are_refused_before_anything_is_computed() throws Exception {
        FileVault vault = folder.vault();
        vault.addSlot(VaultFolder.passphrase("ann", NewSlot.Kdf.PBKDF2));
        String text = Files.readString(folder.path, StandardCharsets.ISO_8859_1);
        for (String weaker : new String[] {"i=100000", "i=599999", "i=600001"}) {
            write(text.replace("i=600000", weaker).getBytes(StandardCharsets.ISO_8859_1));
            assertThatExceptionOfType(VaultException.class)
                    .isThrownBy(() -> folder.vault().unseal(VaultFolder.typed(VaultFolder.PASSPHRASE), false))
                    .withMessageContaining("slot 3 (passphrase, ann)");
        }
    }

    @Test
    void a_link_a_folder_and_a_file_of_everybody_are_refused() throws Exception {
        Path elsewhere = Files.move(folder.path, directory.resolve("elsewhere"));
        Files.createSymbolicLink(folder.path, elsewhere);
        assertThat(refusal()).contains("is no regular file");
        Files.delete(folder.path);
        Files.createDirectory(folder.path);
        assertThat(refusal()).contains("is no regular file");
        Files.delete(folder.path);
        Files.move(elsewhere, folder.path);
        Files.setPosixFilePermissions(folder.path, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(refusal())
                .contains("may be read or written by others (rw-r-----)")
                .contains("chmod 600");
        Files.setPosixFilePermissions(folder.path, PosixFilePermissions.fromString("rw-------"));
        folder.vault().unseal(UNATTENDED, false);
    }

    @Test
    void nothing_of_it_can_be_read_in_the_file() {
        assertThat(new String(whole, StandardCharsets.ISO_8859_1))
                .doesNotContain("smtp")
                .doesNotContain("canary")
                .contains("\"kind\":\"credential\"");
    }

    private byte[] with(Header header, SlotEntry... slots) {
        return file(new Header(header.vault(), header.generation(), header.written(), Arrays.asList(slots)));
    }

    /** The file with another header in place of its own. */
    private byte[] file(Header header) {
        byte[] json = header.encode();
        int before = 12 + Envelope.parse(whole).header().encode().length;
        byte[] file = new byte[whole.length - before + 12 + json.length];
        System.arraycopy(whole, 0, file, 0, 8);
        ByteBuffer.wrap(file).putInt(8, json.length).put(12, json);
        System.arraycopy(whole, before, file, 12 + json.length, whole.length - before);
        return file;
    }

    private void write(byte[] content) throws IOException {
        Files.write(folder.path, content);
    }

    private String refusal(byte[] content) throws IOException {
        write(content);
        return refusal();
    }

    private String refusal() {
        FileVault vault = folder.vault();
        String[] message = {""};
        assertThatExceptionOfType(VaultException.class)
                .isThrownBy(() -> vault.unseal(UNATTENDED, false))
                .satisfies(e -> assertThat(e.kind()).isIn(Kind.DAMAGED, Kind.WRONG_KEY))
                .satisfies(e -> message[0] = String.valueOf(e.getMessage()));
        assertThat(vault.isOpen()).isFalse();
        return message[0];
    }
}
