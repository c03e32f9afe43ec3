package org.hearthwatch.api.secret;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Files encrypted in the format of age, for the appliance itself and for those whom the settings of backups name: whoever has one
 * of their keys opens such a file with {@code age -d -i KEY FILE}, without this program. Thread-safe.
 */
@ProviderType
public interface SealedFiles {

    /**
     * What is written to the stream given back comes out encrypted; it is complete once that is closed, which closes the given
     * one too.
     *
     * @throws IOException if nothing can be written, or the appliance's own public key is not known because the vault was never
     *     open
     */
    OutputStream seal(OutputStream out) throws IOException;

    /**
     * The content. Reading it to its end proves that nothing was changed or is missing.
     *
     * @throws IOException while the vault that has the appliance's key is not open, or if the file is none of ours or damaged
     */
    InputStream open(InputStream in) throws IOException;
}
