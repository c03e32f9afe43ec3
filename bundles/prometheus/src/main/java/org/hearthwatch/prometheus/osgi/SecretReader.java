package org.hearthwatch.prometheus.osgi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SecretRef;
import org.hearthwatch.api.secret.SecretUnavailableException;
import org.hearthwatch.api.secret.Secrets;

/** Opens references to secrets: by the vault where there is one, else those that need none. Thread-safe. */
final class SecretReader {

    private static final int LONGEST = 64 * 1024;

    private final Supplier<Optional<Secrets>> vault;
    private final Map<String, String> environment;

    SecretReader(Supplier<Optional<Secrets>> vault, Map<String, String> environment) {
        this.vault = vault;
        this.environment = environment;
    }

    /** Close it after use. */
    Secret open(SecretRef reference) throws SecretUnavailableException {
        Optional<Secrets> secrets = vault.get();
        if (secrets.isPresent()) {
            return secrets.get().open(reference);
        }
        return switch (reference.source()) {
            case "env" -> variable(reference);
            case "file" -> file(reference, Path.of(reference.path()));
            case "credential" -> credential(reference);
            default -> throw new SecretUnavailableException(reference + " needs the vault, which is not running");
        };
    }

    private Secret variable(SecretRef reference) throws SecretUnavailableException {
        String value = environment.get(reference.path());
        if (value == null) {
            throw new SecretUnavailableException(
                    reference + ": there is no such environment variable; set it and restart");
        }
        return Secret.of(value);
    }

    private Secret credential(SecretRef reference) throws SecretUnavailableException {
        String directory = environment.get("CREDENTIALS_DIRECTORY");
        if (directory == null || reference.path().contains("/")) {
            throw new SecretUnavailableException(
                    reference + ": systemd gave no such credential; see LoadCredential= in the unit");
        }
        return file(reference, Path.of(directory, reference.path()));
    }

    private static Secret file(SecretRef reference, Path path) throws SecretUnavailableException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(LONGEST);
            return Secret.of(new String(bytes, StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            throw new SecretUnavailableException(
                    reference + " cannot be read: " + e.getClass().getSimpleName() + "; check the file and its rights",
                    e);
        }
    }
}
