package org.hearthwatch.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SecretRef;
import org.hearthwatch.api.secret.SecretUnavailableException;
import org.hearthwatch.secret.memory.HeapPage;
import org.hearthwatch.secret.vault.FileVault;
import org.hearthwatch.secret.vault.MachineKeys;
import org.hearthwatch.secret.vault.Records;
import org.hearthwatch.testkit.RecordedSamples;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretSourcesTest {

    private static final String CANARY = "canary-77b1";

    @TempDir
    Path directory;

    private final TestClock clock = TestClock.atStart();
    private final Map<String, String> environment = new HashMap<>();
    private FileVault vault;
    private Records records;
    private SecretSources sources;

    @BeforeEach
    void sources() throws Exception {
        environment.put(
                "CREDENTIALS_DIRECTORY", directory.resolve("credentials").toString());
        environment.put("SMTP", CANARY);
        environment.put("EMPTY", "");
        var random = new SecureRandom();
        vault = new FileVault(
                directory.resolve("vault"),
                new MachineKeys(Optional.empty(), directory.resolve("vault.key"), random),
                (library, slot, key, pin, make) -> {
                    throw new IllegalStateException("no token is asked for here");
                },
                HeapPage::new,
                Optional::empty,
                clock,
                random);
        records = new Records(vault, List::of);
        sources = new SecretSources(records, environment);
        records.set("smtp/password", Secret.of(CANARY));
        Files.createDirectory(directory.resolve("credentials"));
        Files.writeString(directory.resolve("credentials/smtp"), CANARY);
    }

    @Test
    void each_source_gives_the_value() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), CANARY + "\r\n");

        for (String reference : List.of("secret:smtp/password", "env:SMTP", "credential:smtp", "file:" + file)) {
            assertThat(value(reference)).as(reference).isEqualTo(CANARY);
        }
        Files.writeString(file, "two\nlines\n\n");
        assertThat(value("file:" + file)).isEqualTo("two\nlines\n");
    }

    @Test
    void what_is_not_there_is_said_with_what_to_do() throws Exception {
        Files.writeString(directory.resolve("empty"), "\n");
        Files.writeString(directory.resolve("long"), "x".repeat(SecretSources.MOST_BYTES + 1));
        refused("secret:other", "hw:secret-set other");
        refused("env:NONE", "set it and start again");
        refused("env:EMPTY", "set it and start again");
        refused("credential:none", "NoSuchFileException");
        refused("credential:../vault.key", "is not the name of a credential");
        refused("file:relative", "no absolute path");
        refused("file:" + directory, "no regular file");
        refused("file:" + directory.resolve("empty"), "is empty");
        refused("file:" + directory.resolve("long"), "is longer than");
        environment.remove("CREDENTIALS_DIRECTORY");
        sources = new SecretSources(records, environment);
        refused("credential:smtp", "LoadCredential=");
        vault.seal();
        refused("secret:smtp/password", "hw:vault-unseal");
    }

    @Test
    void a_value_is_in_no_text_that_is_made_of_it() throws Exception {
        var texts = new StringBuilder();
        try (Secret secret = sources.open(SecretRef.parse("secret:smtp/password"))) {
            texts.append(secret).append(records.list()).append(vault.status()).append(records.history("smtp/password"));
        }
        var sink = new RecordedSamples();
        new SecretFigures(vault, sources, clock).collect(sink);
        texts.append(sink.asMap());
        for (String reference : List.of("secret:none", "file:/nowhere", "env:SMTPX")) {
            var trace = new StringWriter();
            try {
                sources.open(SecretRef.parse(reference)).close();
            } catch (SecretUnavailableException e) {
                e.printStackTrace(new PrintWriter(trace));
            }
            assertThat(trace.toString()).isNotEmpty();
            texts.append(trace);
        }
        texts.append(Files.readString(directory.resolve("vault"), StandardCharsets.ISO_8859_1));

        assertThat(texts.toString()).doesNotContain(CANARY).contains("Secret[***]");
    }

    @Test
    void place_holders_are_filled_and_what_cannot_be_is_named() throws Exception {
        var holders = new PlaceHolders(sources);

        assertThat(holders.fill("u:$[secret:smtp/password]@h $[env:X] $[secret:]"))
                .isEqualTo("u:" + CANARY + "@h $[env:X] $[secret:]");
        assertThat(PlaceHolders.names("$[secret:a] $[secret:b] $[secret:a]")).containsExactly("a", "b");
        assertThatExceptionOfType(SecretUnavailableException.class)
                .isThrownBy(() -> holders.fill("$[secret:smtp/password] $[secret:none]"))
                .withMessageContaining("secret:none")
                .withMessageNotContaining(CANARY);
    }

    @Test
    void the_figures_tell_what_was_opened_and_how_the_vault_stands() throws Exception {
        value("secret:smtp/password");
        refused("env:NONE", "");
        var sink = new RecordedSamples();

        new SecretFigures(vault, sources, clock).collect(sink);

        assertThat(sink.asMap())
                .containsEntry("hearthwatch_secret_opens_total{result=\"opened\", source=\"secret\"}", 1.0)
                .containsEntry("hearthwatch_secret_opens_total{result=\"failed\", source=\"env\"}", 1.0)
                .containsEntry("hearthwatch_secret_vault_state{state=\"unsealed\"}", 1.0)
                .containsEntry("hearthwatch_secret_vault_secrets", 1.0)
                .containsEntry("hearthwatch_secret_vault_slots", 1.0);
    }

    private String value(String reference) throws SecretUnavailableException {
        try (Secret secret = sources.open(SecretRef.parse(reference))) {
            return new String(secret.reveal(), StandardCharsets.UTF_8);
        }
    }

    private void refused(String reference, String message) {
        assertThatExceptionOfType(SecretUnavailableException.class)
                .isThrownBy(() -> value(reference))
                .withMessageContaining(reference)
                .withMessageContaining(message);
    }
}
