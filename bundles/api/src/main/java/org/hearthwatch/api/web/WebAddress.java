package org.hearthwatch.api.web;

import java.net.URI;
import org.osgi.annotation.versioning.ProviderType;

/** Where the console is reached; registered as a service while the port is open. */
@ProviderType
public interface WebAddress {

    /** The address to open on this machine, such as {@code http://127.0.0.1:8470}; without a path. */
    URI local();
}
