package org.hearthwatch.secret.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.hearthwatch.api.secret.NewSlot;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.secret.shares.Card;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program in another language, written from docs/vault-format.md alone, opens the same vault by four ways. */
class OtherReaderTest {

    private static final String FOUND =
            "{\"generation\": 6, \"records\": {\".audit/head 1\": \"12\", \"smtp/password 1\": \"first\", \"smtp/password 2\": \"p\\u00e4ss\"}}\n";

    @TempDir
    Path directory;

    private VaultFolder folder;
    private List<Secret> cards = List.of();

    @BeforeEach
    void vault() throws Exception {
        assumeTrue(hasPython(), "needs python3");
        folder = new VaultFolder(directory);
        folder.credential("boot", "thirty-two bytes of a credential!".getBytes(StandardCharsets.UTF_8));
        FileVault vault = folder.withKeyFile();
        vault.addSlot(new NewSlot.Credential("boot", "boot"));
        cards = vault.addShares("family", 2, 3);
        Records records = folder.records(vault);
        records.set("smtp/password", Secret.of("first"));
        records.set("smtp/password", Secret.of("päss"));
        records.notes().write("audit/head", Secret.of("12"));
    }

    @Test
    void by_the_key_file_the_credential_and_cards() throws Exception {
        assertThat(read("file", folder.keyFile)).isEqualTo(FOUND);
        assertThat(read("credential", folder.credentials.resolve("boot"))).isEqualTo(FOUND);
        Path two = Files.writeString(
                directory.resolve("cards"),
                VaultFolder.text(cards.get(2)) + "\n" + VaultFolder.text(cards.get(0)) + "\n");
        Path words = copy(Card.class, "words.txt");
        assertThat(read("cards", two, words)).isEqualTo(FOUND);
    }

    @Test
    void by_a_passphrase_after_a_rotation() throws Exception {
        FileVault vault = folder.vault();
        vault.addSlot(VaultFolder.passphrase("ann", NewSlot.Kdf.PBKDF2));
        vault.rotate();
        Path passphrase = Files.writeString(directory.resolve("passphrase"), VaultFolder.PASSPHRASE + "\n");

        assertThat(read("passphrase", passphrase)).isEqualTo(FOUND.replace("\"generation\": 6", "\"generation\": 8"));
    }

    @Test
    void it_finds_a_changed_byte_too() throws Exception {
        byte[] file = Files.readAllBytes(folder.path);
        file[file.length - 40] ^= 1;
        Files.write(folder.path, file);

        assertThat(read("file", folder.keyFile)).contains("AssertionError: tag");
    }

    private static boolean hasPython() {
        try {
            return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String read(String kind, Path... files) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "python3", copy(OtherReaderTest.class, "read_vault.py").toString(), folder.path.toString(), kind));
        for (Path file : files) {
            command.add(file.toString());
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    private Path copy(Class<?> from, String name) throws IOException {
        Path copy = directory.resolve(name);
        try (InputStream in = Objects.requireNonNull(from.getResourceAsStream(name))) {
            Files.write(copy, in.readAllBytes());
        }
        return copy;
    }
}
