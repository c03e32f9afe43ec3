package org.hearthwatch.api.net;

import java.io.IOException;
import javax.net.ssl.SSLContext;
import org.osgi.annotation.versioning.ProviderType;

/** The one gate that every outgoing connection asks before it is opened. Thread-safe. */
@ProviderType
public interface Egress {

    /**
     * Returns if a connection may be opened.
     *
     * @param purpose what it is for, as the configuration names it: {@code notify}, {@code remote-write},
     *     {@code remote-read}, {@code scrape}, {@code sign-in}, {@code rotate}, {@code model}
     * @param host a name or an address, not resolved
     * @throws EgressRefusedException if the profile or an allow-list forbids it
     */
    void permit(String purpose, String host, int port) throws EgressRefusedException;

    /**
     * TLS for a connection to a host: checks the certificate's chain and name, and the pins configured for the host.
     * There is no way to switch the checks off.
     */
    SSLContext tls(String host, int port);

    /**
     * As {@link #tls(String, int)}, for an endpoint that has settings of its own.
     *
     * @throws IOException naming the file that cannot be used
     * @throws UnsupportedOperationException from a gate that has no such connections
     */
    default SSLContext tls(String host, int port, EndpointTls own) throws IOException {
        if (own.equals(EndpointTls.NONE)) {
            return tls(host, port);
        }
        throw new UnsupportedOperationException("No TLS with authorities or certificates of its own");
    }
}
