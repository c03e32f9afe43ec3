package org.hearthwatch.shell.osgi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Optional;
import org.apache.karaf.jaas.modules.publickey.PublickeyLoginModule;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.access.SshKeys;
import org.hearthwatch.api.access.Users;
import org.hearthwatch.shell.Services;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is at the shell: the local operator, whose key the launcher makes and who comes in even when the accounts cannot be
 * read, or a user with a key of their own.
 */
final class Actors {

    private static final Logger LOG = LoggerFactory.getLogger(Actors.class);
    private static final String OPERATOR = Principal.operator().name();

    private final Services services;
    private final Path operatorKey;

    /** @param operatorKey the public half of the operator's key, a line as in OpenSSH's {@code .pub} files */
    Actors(Services services, Path operatorKey) {
        this.services = services;
        this.operatorKey = operatorKey;
    }

    /** Who comes with a name and a key of that name's. */
    Optional<Principal> withKey(String name, PublicKey key) {
        if (name.equals(OPERATOR)) {
            return isOperators(key) ? Optional.of(Principal.operator()) : Optional.empty();
        }
        return services.find(SshKeys.class).flatMap(keys -> keys.find(name, key));
    }

    /** What somebody who has come in may do at this moment. */
    Optional<Principal> named(String name) {
        return name.equals(OPERATOR)
                ? Optional.of(Principal.operator())
                : services.find(Users.class).flatMap(users -> users.principal(name));
    }

    private boolean isOperators(PublicKey key) {
        try {
            String[] words =
                    Files.readString(operatorKey, StandardCharsets.US_ASCII).split(" ", 3);
            return words.length > 1 && PublickeyLoginModule.equals(key, words[1].strip());
        } catch (IOException | javax.security.auth.login.FailedLoginException e) {
            LOG.warn("The operator's key {} cannot be compared: {}", operatorKey, e.toString());
            return false;
        }
    }
}
