package org.hearthwatch.shell;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Where a command reads from. */
public interface Keyboard {

    /**
     * Asks for a line without showing it.
     *
     * @return empty where there is nobody to ask, as in a script
     */
    Optional<String> askHidden(String prompt) throws IOException;

    /** What was piped into the command. */
    InputStream input();
}
