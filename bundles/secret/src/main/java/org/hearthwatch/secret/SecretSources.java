package org.hearthwatch.secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.LongAdder;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SecretRef;
import org.hearthwatch.api.secret.SecretStore;
import org.hearthwatch.api.secret.SecretUnavailableException;
import org.hearthwatch.api.secret.Secrets;
import org.hearthwatch.api.secret.VaultException;

/** Opens references: from the vault, the environment, files and systemd's credentials. Nothing is kept. Thread-safe. */
public final class SecretSources implements Secrets {

    /** Longer is no secret but a mistake. */
    static final int MOST_BYTES = 64 * 1024;

    private static final String CREDENTIALS = "CREDENTIALS_DIRECTORY";

    private final SecretStore vault;
    private final Map<String, String> environment;
    final Map<String, LongAdder> opened;
    final Map<String, LongAdder> failed;

    public SecretSources(SecretStore vault, Map<String, String> environment) {
        this.vault = vault;
        this.environment = Map.copyOf(environment);
        opened = counters();
        failed = counters();
    }

    private static Map<String, LongAdder> counters() {
        return Map.of(
                "secret",
                new LongAdder(),
                "env",
                new LongAdder(),
                "file",
                new LongAdder(),
                "credential",
                new LongAdder());
    }

    @Override
    public Secret open(SecretRef reference) throws SecretUnavailableException {
        boolean done = false;
        try {
            Secret secret = read(reference);
            done = true;
            return secret;
        } finally {
            LongAdder counter = (done ? opened : failed).get(reference.source());
            if (counter != null) {
                counter.increment();
            }
        }
    }

    private Secret read(SecretRef reference) throws SecretUnavailableException {
        return switch (reference.source()) {
            case "secret" -> vaulted(reference);
            case "env" -> variable(reference);
            case "file" -> file(reference, path(reference));
            case "credential" -> credential(reference);
            default -> throw new SecretUnavailableException(reference + " names a source that is not known here");
        };
    }

    private Secret vaulted(SecretRef reference) throws SecretUnavailableException {
        try {
            return vault.get(reference.path(), OptionalInt.empty());
        } catch (VaultException e) {
            throw new SecretUnavailableException(reference + ": " + e.getMessage(), e);
        }
    }

    private Secret variable(SecretRef reference) throws SecretUnavailableException {
        String value = environment.get(reference.path());
        if (value == null || value.isEmpty()) {
            throw new SecretUnavailableException(
                    reference + ": there is no such environment variable; set it and start again");
        }
        return Secret.of(value);
    }

    private Secret credential(SecretRef reference) throws SecretUnavailableException {
        String folder = environment.get(CREDENTIALS);
        if (folder == null) {
            throw new SecretUnavailableException(
                    reference + ": systemd gave this process no credentials; start it as the"
                            + " service, with LoadCredential= in its unit");
        }
        if (!reference.path().matches("[A-Za-z0-9_-][A-Za-z0-9._-]*")) {
            throw new SecretUnavailableException(reference + " is not the name of a credential");
        }
        return file(reference, Path.of(folder, reference.path()));
    }

    private static Path path(SecretRef reference) throws SecretUnavailableException {
        try {
            Path path = Path.of(reference.path());
            if (path.isAbsolute()) {
                return path;
            }
        } catch (InvalidPathException e) {
            throw new SecretUnavailableException(reference + " is no path", e);
        }
        throw new SecretUnavailableException(reference + " is no absolute path; write file:/run/secrets/NAME");
    }

    private static Secret file(SecretRef reference, Path path) throws SecretUnavailableException {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new SecretUnavailableException(reference + " is no regular file");
        }
        byte[] content;
        try (var in = Files.newInputStream(path)) {
            content = in.readNBytes(MOST_BYTES + 1);
        } catch (IOException e) {
            throw new SecretUnavailableException(
                    reference + " cannot be read (" + e.getClass().getSimpleName()
                            + "); is the file there, and may the appliance's user read it?",
                    e);
        }
        try {
            int length = withoutLineEnd(content);
            if (length == 0 || content.length > MOST_BYTES) {
                throw new SecretUnavailableException(
                        reference + (length == 0 ? " is empty" : " is longer than " + MOST_BYTES + " bytes"));
            }
            byte[] value = Arrays.copyOf(content, length);
            try {
                return Secret.ofBytes(value);
            } finally {
                Arrays.fill(value, (byte) 0);
            }
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    /** Editors and {@code echo} end a file with a line end; it is not part of the secret. */
    private static int withoutLineEnd(byte[] content) {
        int length = content.length;
        if (length > 0 && content[length - 1] == '\n') {
            length--;
            if (length > 0 && content[length - 1] == '\r') {
                length--;
            }
        }
        return length;
    }
}
