package org.hearthwatch.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Called by the script where OpenSSH is missing.
 *
 * <pre>
 * key FILE COMMENT                  makes FILE and FILE.pub
 * run KEYS PORT LINE [--stdin]      sends LINE with the variables HW_...; its exit code becomes this one's
 * </pre>
 */
public final class Client {

    private Client() {}

    /** Ends the process with the command's exit code, or 255 when the appliance was not reached. */
    public static void main(String[] words) throws IOException, GeneralSecurityException {
        if (words[0].equals("key")) {
            KeyFile.create(Path.of(words[1]), words[2]);
        } else {
            System.exit(run(words));
        }
    }

    private static int run(String[] words) throws GeneralSecurityException {
        Map<String, String> variables = System.getenv().entrySet().stream()
                .filter(variable -> variable.getKey().startsWith("HW_"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        InputStream in = words.length > 4 ? System.in : InputStream.nullInputStream();
        try {
            return new RemoteCommand(Path.of(words[1]), Integer.parseInt(words[2]))
                    .run(words[3], variables, in, System.out, System.err);
        } catch (IOException e) {
            System.err.println(e.getMessage());
            return RemoteCommand.NOT_REACHED;
        }
    }
}
