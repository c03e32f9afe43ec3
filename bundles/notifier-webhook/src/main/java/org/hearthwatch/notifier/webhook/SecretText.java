package org.hearthwatch.notifier.webhook;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SecretRef;
import org.hearthwatch.api.secret.SecretUnavailableException;
import org.hearthwatch.api.secret.Secrets;

/** A setting that may be a secret: itself, or where it is. Thread-safe. */
public sealed interface SecretText {

    /**
     * The text, as it is now.
     *
     * @throws DeliveryException passing, if it cannot be had: somebody may unseal the vault or write the file
     */
    String open(Secrets secrets) throws DeliveryException;

    /** What stands in a setting: a reference if it has the form of one, else the text itself. */
    static SecretText of(String setting) {
        return SecretRef.isReference(setting)
                ? new Referred(SecretRef.parse(setting))
                : new Written(Secret.of(setting));
    }

    /** What a file holds. */
    static SecretText inFile(String path) {
        return new Referred(new SecretRef("file", path));
    }

    /** As it stands. */
    record Written(Secret value) implements SecretText {

        @Override
        public String open(Secrets secrets) {
            return text(value);
        }
    }

    /** Elsewhere; looked up each time it is used. */
    record Referred(SecretRef reference) implements SecretText {

        @Override
        public String open(Secrets secrets) throws DeliveryException {
            try (Secret secret = secrets.open(reference)) {
                return text(secret).strip();
            } catch (SecretUnavailableException e) {
                throw DeliveryException.passing(String.valueOf(e.getMessage()), e);
            }
        }
    }

    private static String text(Secret secret) {
        byte[] bytes = secret.reveal();
        try {
            return new String(bytes, StandardCharsets.UTF_8);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
