package org.hearthwatch.api.web;

import java.net.URI;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Where the console is reached; registered as a service while the port is open. */
@ProviderType
public interface WebAddress {

    /** The address to open on this machine, such as {@code http://127.0.0.1:8470}; without a path. */
    URI local();

    /** Where it is served over TLS, for other machines; empty while it is not. */
    default List<URI> secure() {
        return List.of();
    }
}
