package org.hearthwatch.notifier.webhook;

import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SecretRef;
import org.hearthwatch.api.secret.SecretUnavailableException;
import org.hearthwatch.api.secret.Secrets;

/** A vault with what the test put into it. */
public record FakeSecrets(Map<String, String> values) implements Secrets {

    @Override
    public Secret open(SecretRef reference) throws SecretUnavailableException {
        return Optional.ofNullable(values.get(reference.toString()))
                .map(Secret::of)
                .orElseThrow(
                        () -> new SecretUnavailableException(reference + ": there is none; put it into the vault"));
    }
}
