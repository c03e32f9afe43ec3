package org.hearthwatch.notifier.mail;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SecretRef;
import org.hearthwatch.api.secret.SecretUnavailableException;
import org.hearthwatch.api.secret.Secrets;

/** A password, or where it is. Thread-safe. */
public sealed interface Password {

    /** The password as it is now; close it after use. */
    Secret open(Secrets secrets) throws SecretUnavailableException;

    /** What stands in a setting: a reference if it has the form of one, else the password itself. */
    static Password of(String setting) {
        return SecretRef.isReference(setting)
                ? new Referred(SecretRef.parse(setting))
                : new Written(Secret.of(setting));
    }

    /** What a file holds. */
    static Password inFile(String path) {
        return new Referred(new SecretRef("file", path));
    }

    /** As it stands. */
    record Written(Secret value) implements Password {

        @Override
        public Secret open(Secrets secrets) {
            byte[] bytes = value.reveal();
            try {
                return Secret.of(new String(bytes, StandardCharsets.UTF_8));
            } finally {
                Arrays.fill(bytes, (byte) 0);
            }
        }
    }

    /** Elsewhere; looked up each time it is used. */
    record Referred(SecretRef reference) implements Password {

        @Override
        public Secret open(Secrets secrets) throws SecretUnavailableException {
            return secrets.open(reference);
        }
    }
}
