package org.hearthwatch.secret.vault;

import java.io.IOException;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SecretRotation;
import org.hearthwatch.api.secret.SecretStore;
import org.hearthwatch.api.secret.VaultException;
import org.hearthwatch.api.secret.VaultException.Kind;

/** One rotation, in steps that leave a value that works whichever of them fails. */
record Rotation(SecretStore secrets, SecretRotation owner) {

    SecretStore.Info run(String name, Secret present) throws VaultException {
        try (Secret fresh = create(name, present)) {
            try {
                owner.test(name, fresh);
            } catch (IOException | RuntimeException e) {
                throw failed(
                        "The new value of " + name + " does not work, so the present one stays", e, end(name, fresh));
            }
            SecretStore.Info kept;
            try {
                kept = secrets.set(name, fresh);
            } catch (VaultException e) {
                throw failed(
                        "The new value of " + name + " could not be kept, so the present one stays",
                        e,
                        end(name, fresh));
            }
            String left = end(name, present);
            if (!left.isEmpty()) {
                throw new VaultException(
                        Kind.UNAVAILABLE, name + " has its new value, version " + kept.version() + ", but" + left);
            }
            return kept;
        }
    }

    private Secret create(String name, Secret present) throws VaultException {
        try {
            return owner.create(name, present);
        } catch (IOException | RuntimeException e) {
            throw failed("No new value of " + name + " could be made, so the present one stays", e, "");
        }
    }

    /** What is still to be done by hand, if it did not work. */
    private String end(String name, Secret former) {
        try {
            owner.end(name, former);
            return "";
        } catch (IOException | RuntimeException e) {
            return " the value that is of no more use could not be ended at its source (" + e.getMessage()
                    + "); end it there";
        }
    }

    private static VaultException failed(String what, Exception why, String left) {
        return new VaultException(
                Kind.UNAVAILABLE, what + ": " + why.getMessage() + (left.isEmpty() ? "" : ";" + left), why);
    }
}
