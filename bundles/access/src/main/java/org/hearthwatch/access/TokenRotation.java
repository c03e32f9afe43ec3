package org.hearthwatch.access;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SecretRotation;

/**
 * Rotates the appliance's own tokens where one is kept in the vault as {@code tokens/NAME}, for another part or another
 * program to read: {@code hw:secret-rotate tokens/NAME} makes a new one, keeps it there, and ends the former.
 */
final class TokenRotation implements SecretRotation {

    private static final String FOLDER = "tokens/";

    /** Both hold while the new one is tried and kept. */
    private static final Duration OVERLAP = Duration.ofHours(1);

    private final BearerTokens tokens;

    TokenRotation(BearerTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public boolean owns(String name) {
        return name.startsWith(FOLDER)
                && tokens.list().stream().anyMatch(token -> token.name().equals(token(name)));
    }

    @Override
    public Secret create(String name, Secret present) throws IOException {
        if (!holds(name, present)) {
            throw new IOException("The vault's " + name + " is not the token " + token(name)
                    + ", or no longer; make one with hw:token-rotate and keep it with hw:secret-set");
        }
        try {
            return tokens.rotate(token(name), OVERLAP);
        } catch (Refusal e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void test(String name, Secret fresh) throws IOException {
        if (!holds(name, fresh)) {
            throw new IOException("The token " + token(name) + " does not let in");
        }
    }

    @Override
    public void end(String name, Secret former) throws IOException {
        try {
            tokens.end(token(name), former);
        } catch (Refusal e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private boolean holds(String name, Secret value) {
        Optional<Principal> who = tokens.authenticate(value);
        return who.filter(token -> token.name().equals(token(name))).isPresent();
    }

    private static String token(String name) {
        return name.substring(FOLDER.length());
    }
}
