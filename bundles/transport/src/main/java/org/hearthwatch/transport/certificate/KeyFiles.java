package org.hearthwatch.transport.certificate;

import java.nio.file.Path;
import java.util.Optional;
import org.hearthwatch.api.secret.SecretRef;

/** A certificate and its key, as files somebody else looks after. */
public record KeyFiles(Path chain, Path key, Optional<SecretRef> password) {}
