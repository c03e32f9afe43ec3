package org.hearthwatch.api.net;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What an endpoint wants of TLS besides what holds for all: files in PEM, read when a connection is prepared.
 *
 * @param authorities whom to trust in place of the appliance's authorities
 * @param certificate what to present to a server that asks who we are, with those it was issued by
 * @param key the certificate's key, not encrypted; both or neither are there
 */
public record EndpointTls(Optional<Path> authorities, Optional<Path> certificate, Optional<Path> key) {

    /** Nothing special. */
    public static final EndpointTls NONE = new EndpointTls(Optional.empty(), Optional.empty(), Optional.empty());

    public EndpointTls {
        if (certificate.isPresent() != key.isPresent()) {
            throw new IllegalArgumentException("a certificate and its key go together");
        }
    }
}
