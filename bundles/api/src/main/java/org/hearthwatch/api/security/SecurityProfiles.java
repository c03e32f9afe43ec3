package org.hearthwatch.api.security;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The profile in force, and the way to another: by changing settings in the files where they stand. Thread-safe. */
@ProviderType
public interface SecurityProfiles {

    /**
     * A setting that profiles decide.
     *
     * @param file such as {@code etc/org.hearthwatch.access.cfg}
     * @param now its value in the file; empty if the file leaves it to the default
     * @param wanted its value in the profile; empty for the default
     * @param why what it is good for
     */
    record PinnedSetting(String file, String key, Optional<String> now, Optional<String> wanted, String why) {

        /** Whether the file says what the profile wants. */
        public boolean holds() {
            return now.equals(wanted);
        }
    }

    /** The profile last chosen. */
    SecurityProfile chosen();

    /**
     * Every setting the profile decides, as it is and as the profile wants it.
     *
     * @throws IOException if a file cannot be read
     */
    List<PinnedSetting> settings(SecurityProfile profile) throws IOException;

    /**
     * Chooses a profile and writes its settings; they hold within a second.
     *
     * @return what was changed
     * @throws IOException if a file cannot be read or written; settings written before it stay
     */
    List<PinnedSetting> choose(SecurityProfile profile) throws IOException;
}
