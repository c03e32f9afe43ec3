package org.hearthwatch.notifier.mail;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.hearthwatch.api.net.EndpointTls;
import org.hearthwatch.api.secret.SecretUnavailableException;
import org.hearthwatch.api.secret.Secrets;

/**
 * The mail server that mails are handed to.
 *
 * @param tls how the connection is made safe
 * @param files whom to trust and what to show where TLS is spoken
 * @param hello what we call ourselves; empty for this machine's name
 * @param login who we are, if the server asks
 * @param timeout for all of a delivery
 */
public record Relay(
        String host, int port, Tls tls, EndpointTls files, String hello, Optional<Login> login, Duration timeout) {

    private static final int IMPLICIT_PORT = 465;

    /** How a connection is made safe. */
    public enum Tls {
        /** Plain at first, TLS before anything is said. */
        STARTTLS,
        /** TLS from the first byte. */
        IMPLICIT,
        /** Not at all, which is only for a server on the same machine. */
        NONE
    }

    /** @param identity on whose behalf, if it is somebody else; empty if not */
    public record Login(String user, Password password, String identity) {

        /** What is to be kept out of every message. */
        public String passwordText(Secrets secrets) throws SecretUnavailableException {
            try (var secret = password.open(secrets)) {
                byte[] bytes = secret.reveal();
                try {
                    return new String(bytes, StandardCharsets.UTF_8);
                } finally {
                    Arrays.fill(bytes, (byte) 0);
                }
            }
        }
    }

    public Relay {
        if (tls == Tls.NONE && !isLoopback(host)) {
            throw new IllegalArgumentException(
                    "mail leaves this machine only over TLS, by STARTTLS or from the first byte; see whether " + host
                            + " offers it on port 587 or 465");
        }
    }

    /** With the appliance's own TLS settings. */
    public Relay(String host, int port, Tls tls, String hello, Optional<Login> login, Duration timeout) {
        this(host, port, tls, EndpointTls.NONE, hello, login, timeout);
    }

    /** What a text such as {@code mail.home:587} says; the port decides where nobody else does. */
    public static Tls usual(int port) {
        return port == IMPLICIT_PORT ? Tls.IMPLICIT : Tls.STARTTLS;
    }

    /** Whether a host is this machine, by its name alone. */
    public static boolean isLoopback(String host) {
        return host.equals("localhost") || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}") || host.equals("::1");
    }
}
