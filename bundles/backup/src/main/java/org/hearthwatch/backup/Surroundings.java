package org.hearthwatch.backup;

import java.util.Optional;
import org.hearthwatch.api.secret.SealedNotes;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SecretRef;
import org.hearthwatch.api.secret.SecretUnavailableException;
import org.hearthwatch.api.secret.Vault;
import org.hearthwatch.api.store.StoreAdmin;

/** The parts of the appliance a backup needs, as they are at this moment. */
public interface Surroundings {

    Optional<SealedNotes> notes();

    Optional<Vault> vault();

    Optional<StoreAdmin> store();

    /** The caller closes it. */
    Secret open(SecretRef reference) throws SecretUnavailableException;

    /** The version of this program. */
    String version();
}
