package org.hearthwatch.api.net;

import java.io.IOException;
import java.util.Collection;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.osgi.annotation.versioning.ProviderType;

/** TLS for listeners of the appliance itself: version 1.3, one certificate for all. Thread-safe. */
@ProviderType
public interface ServerTls {

    /**
     * Makes ready for a listener. An engine comes with the certificate in use at that moment, so one that is renewed or
     * replaced holds for the next connection, and those that are open go on.
     *
     * @param names names and addresses under which the listener is reached; a certificate of our own gets them all
     * @throws IOException if there is no certificate and none can be made; the message names the file
     */
    Supplier<SSLEngine> engines(Collection<String> names) throws IOException;
}
