package org.hearthwatch.secret.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.hearthwatch.api.secret.NewSlot;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SlotKey;
import org.hearthwatch.api.secret.VaultException;
import org.hearthwatch.api.secret.VaultException.Kind;
import org.hearthwatch.secret.memory.HeapPage;
import org.hearthwatch.secret.vault.FileVault;
import org.hearthwatch.secret.vault.MachineKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With SoftHSM 2, whose driver reads its settings when the process begins: so a process of its own does the work. */
class Pkcs11TokensTest {

    private static final Path LIBRARY = Path.of("/usr/lib/softhsm/libsofthsm2.so");
    private static final String PIN = "1234";

    @TempDir
    Path directory;

    @Test
    void a_key_in_a_token_opens_the_vault_and_never_leaves_it() throws Exception {
        assumeTrue(Files.isRegularFile(LIBRARY), "needs SoftHSM 2 (Debian: softhsm2)");
        Files.createDirectory(directory.resolve("tokens"));
        Path settings = Files.writeString(
                directory.resolve("softhsm2.conf"), "directories.tokendir = " + directory.resolve("tokens") + "\n");
        run(
                settings,
                List.of("softhsm2-util", "--init-token", "--free", "--label", "t", "--so-pin", "5678", "--pin", PIN));

        assertThat(trial(settings, "create")).isEqualTo("created, unsealed by token\n");
        assertThat(trial(settings, "open", PIN)).isEqualTo("unsealed by token\n");
        assertThat(trial(settings, "open", "0000")).contains("WRONG_KEY").contains("the PIN is wrong or locked");
        try (var files = Files.walk(directory.resolve("tokens"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
        assertThat(trial(settings, "open", PIN)).contains("UNAVAILABLE");
    }

    @Test
    void a_driver_that_is_not_there_is_named() {
        assertThatExceptionOfType(VaultException.class)
                .isThrownBy(() -> new Pkcs11Tokens(new SecureRandom())
                        .open(Path.of("/nowhere/driver.so"), 0, "k", Secret.of(PIN), true))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
                .withMessageContaining("/nowhere/driver.so is not there");
    }

    private String trial(Path settings, String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Trial.class.getName(),
                directory.resolve("vault").toString()));
        command.addAll(List.of(words));
        return run(settings, command);
    }

    private static String run(Path settings, List<String> command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(Map.of("SOFTHSM2_CONF", settings.toString()));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    /** An appliance's start, in a process that has the token's settings. */
    static final class Trial {

        public static void main(String[] words) throws Exception {
            Path path = Path.of(words[0]);
            var random = new SecureRandom();
            var vault = new FileVault(
                    path,
                    new MachineKeys(Optional.empty(), path.resolveSibling("vault.key"), random),
                    new Pkcs11Tokens(random),
                    HeapPage::new,
                    Optional::empty,
                    InstantSource.system(),
                    random);
            try {
                String pin = words.length > 2 ? words[2] : PIN;
                if (words[1].equals("create")) {
                    vault.create(new NewSlot.Token("hsm", LIBRARY, 0, "hearthwatch", Secret.of(pin)));
                    vault.rotate();
                    vault.seal();
                    System.out.print("created, ");
                }
                System.out.println("unsealed by "
                        + vault.unseal(new SlotKey.TokenPin(Secret.of(pin)), false)
                                .kind()
                                .word());
            } catch (VaultException e) {
                System.out.println(e.kind() + " " + e.getMessage());
            }
        }
    }
}
