package org.hearthwatch.secret.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.VaultException;
import org.hearthwatch.api.secret.VaultException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whenever it stops, the vault opens, with what was kept before or what was to be kept. */
class DurabilityTest {

    @TempDir
    Path directory;

    @Test
    void a_failure_of_any_step_leaves_the_former_secret_or_the_new_one() throws Exception {
        for (int step = 0; step < 4; step++) {
            Path each = Files.createDirectory(directory.resolve("step-" + step));
            var folder = new VaultFolder(each);
            var disk = new FailingDisk();
            folder.disk = disk;
            FileVault vault = folder.withKeyFile();
            Records secrets = folder.records(vault);
            secrets.set("a", Secret.of("former"));

            disk.failAt = step;
            assertThatExceptionOfType(VaultException.class)
                    .isThrownBy(() -> secrets.set("a", Secret.of("new")))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
                    .withMessageContaining("disk full");
            disk.failAt = -1;

            String here = VaultFolder.value(secrets, "a");
            String afterRestart = VaultFolder.value(folder.records(folder.vault()), "a");
            assertThat(here).as("what is in memory is what is on disk").isEqualTo(afterRestart);
            assertThat(here).isEqualTo(step < 3 ? "former" : "new");
            secrets.set("a", Secret.of("later"));
            vault.rotate();
            assertThat(VaultFolder.value(folder.records(folder.vault()), "a")).isEqualTo("later");
        }
    }

    @Test
    void a_vault_that_is_killed_while_it_writes_opens_again() throws Exception {
        int kills = 3 * Integer.getInteger("hearthwatch.cases", 1);
        var folder = new VaultFolder(directory);
        folder.records(folder.withKeyFile()).set("count", Secret.of("0"));
        int before = 0;
        for (int i = 0; i < kills; i++) {
            Process writer = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Writer.class.getName(),
                            directory.toString()))
                    .redirectErrorStream(true)
                    .start();
            try (var said = writer.inputReader()) {
                // Somewhere among the writes, at another point each time.
                for (int line = 0; line < 3 + i; line++) {
                    String count = said.readLine();
                    assertThat(count).as("what the writer says").matches("[0-9]+");
                }
                assertThat(writer.destroyForcibly().waitFor(10, TimeUnit.SECONDS))
                        .isTrue();
            }
            int now = Integer.parseInt(VaultFolder.value(folder.records(folder.vault()), "count"));
            assertThat(now).as("what was acknowledged is there").isGreaterThanOrEqualTo(before + 3 + i);
            before = now;
        }
    }

    /** Counts up in the vault and makes new keys, until somebody kills it. */
    static final class Writer {

        public static void main(String[] arguments) throws Exception {
            var folder = new VaultFolder(Path.of(arguments[0]));
            FileVault vault = folder.vault();
            Records secrets = folder.records(vault);
            int count = Integer.parseInt(VaultFolder.value(secrets, "count"));
            while (count < 1_000_000) {
                secrets.set("count", Secret.of(Integer.toString(++count)));
                System.out.println(count);
                vault.rotate();
            }
        }
    }

    /** Fails one of the steps: the folder, the content, the name, the folder's names. */
    private static final class FailingDisk implements Disk {

        int failAt = -1;

        @Override
        public void makeFolder(Path folder) throws IOException {
            fail(0);
            Disk.super.makeFolder(folder);
        }

        @Override
        public void write(Path path, byte[] content) throws IOException {
            if (failAt == 1) {
                Files.write(path, Arrays.copyOf(content, content.length / 2));
            }
            fail(1);
            Disk.super.write(path, content);
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            fail(2);
            Disk.super.rename(from, to);
        }

        @Override
        public void forceFolder(Path folder) throws IOException {
            fail(3);
            Disk.super.forceFolder(folder);
        }

        private void fail(int step) throws IOException {
            if (failAt == step) {
                throw new IOException("disk full");
            }
        }
    }
}
