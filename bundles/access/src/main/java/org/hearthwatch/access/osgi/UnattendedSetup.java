package org.hearthwatch.access.osgi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.hearthwatch.access.Access;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.secret.Secret;

/** The first administrator from {@code HEARTHWATCH_SETUP_USER} and {@code HEARTHWATCH_SETUP_PASSWORD_FILE}. */
final class UnattendedSetup {

    static final String USER = "HEARTHWATCH_SETUP_USER";
    static final String PASSWORD_FILE = "HEARTHWATCH_SETUP_PASSWORD_FILE";
    private static final int MOST_BYTES = 4096;

    private final Map<String, String> environment;

    UnattendedSetup(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * Makes the administrator, if the environment asks for it.
     *
     * @throws IOException saying for people what is missing or wrong
     */
    void run(Access access) throws IOException {
        String user = environment.getOrDefault(USER, "");
        String file = environment.getOrDefault(PASSWORD_FILE, "");
        if (user.isEmpty() && file.isEmpty()) {
            return;
        }
        if (user.isEmpty() || file.isEmpty()) {
            throw new IOException((user.isEmpty() ? USER : PASSWORD_FILE) + " is not set; it takes both " + USER
                    + " and " + PASSWORD_FILE + ".");
        }
        try (Secret password = read(file)) {
            access.setUpUnattended(user, password);
        } catch (Refusal e) {
            throw new IOException("(" + USER + ", " + PASSWORD_FILE + "): " + e.getMessage(), e);
        }
    }

    private static Secret read(String file) throws IOException {
        byte[] content;
        try (var in = Files.newInputStream(Path.of(file))) {
            content = in.readNBytes(MOST_BYTES + 1);
        } catch (IOException | InvalidPathException e) {
            throw new IOException("the file " + file + " of " + PASSWORD_FILE + " could not be read (" + e + ").", e);
        }
        try {
            int length = firstLine(content);
            if (length == 0 || content.length > MOST_BYTES) {
                throw new IOException("the file " + file + " of " + PASSWORD_FILE
                        + " must hold the password in its first line, and not much more.");
            }
            return Secret.of(new String(content, 0, length, StandardCharsets.UTF_8));
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private static int firstLine(byte[] content) {
        int length = 0;
        while (length < content.length && content[length] != '\n' && content[length] != '\r') {
            length++;
        }
        return length;
    }
}
