package org.hearthwatch.transport.egress;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.hearthwatch.transport.certificate.HostNames;
import org.hearthwatch.transport.certificate.Pin;

/**
 * Trusts a server when its certificate is for the host, valid now, and issued by somebody trusted; and where keys are pinned
 * for the host, when one of them is in the chain besides.
 *
 * <p>A server whose own key is pinned needs no known issuer: whoever pinned it has looked at that very key. So a device with a
 * self-signed certificate is reached by its pin, and there is no switch that trusts everyone.
 *
 * <p>The name is checked here, whatever the caller's TLS library does about names, so that nobody can forget it.
 */
final class CheckedTrust extends X509ExtendedTrustManager {

    private final String host;
    private final Supplier<List<Pin>> pins;
    private final X509ExtendedTrustManager authorities;
    private final EgressFigures figures;

    CheckedTrust(String host, Supplier<List<Pin>> pins, X509ExtendedTrustManager authorities, EgressFigures figures) {
        this.host = host;
        this.pins = pins;
        this.authorities = authorities;
        this.figures = figures;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain, () -> authorities.checkServerTrusted(chain, authType, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain, () -> authorities.checkServerTrusted(chain, authType, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain, () -> authorities.checkServerTrusted(chain, authType));
    }

    /** A check of the chain. */
    @FunctionalInterface
    private interface ChainCheck {
        void run() throws CertificateException;
    }

    private void check(X509Certificate[] chain, ChainCheck issuers) throws CertificateException {
        X509Certificate own = chain[0];
        if (!HostNames.matches(own, host)) {
            throw distrust("name", "is for " + HostNames.described(own) + ", not for this host", null);
        }
        List<Pin> pinned = pins.get();
        if (pinned.contains(Pin.of(own))) {
            try {
                own.checkValidity();
            } catch (CertificateException e) {
                throw distrust("expired", "is not valid now: " + e.getMessage(), e);
            }
            return;
        }
        boolean otherKey =
                !pinned.isEmpty() && Arrays.stream(chain).map(Pin::of).noneMatch(pinned::contains);
        try {
            issuers.run();
        } catch (CertificateException e) {
            // Where a key is pinned, a stranger's certificate is first of all not the one that was expected.
            throw otherKey
                    ? otherThanPinned(own, pinned, e)
                    : distrust(
                            "chain",
                            "is not trusted: " + e.getMessage() + "; its key is " + Pin.of(own)
                                    + ". If it is the right one, put its authority into caFiles or its key into pins,"
                                    + " in etc/org.hearthwatch.transport.cfg",
                            e);
        }
        if (otherKey) {
            throw otherThanPinned(own, pinned, null);
        }
    }

    private CertificateException otherThanPinned(
            X509Certificate own, List<Pin> pinned, @org.jspecify.annotations.Nullable Exception cause) {
        return distrust(
                "pin",
                "has another key than the pinned: " + Pin.of(own) + ", where "
                        + pinned.stream().map(Pin::text).collect(Collectors.joining(" or "))
                        + " was expected. If the server has got a new key, put it into pins in"
                        + " etc/org.hearthwatch.transport.cfg; if not, somebody is in between",
                cause);
    }

    private CertificateException distrust(
            String reason, String words, @org.jspecify.annotations.Nullable Exception cause) {
        figures.distrusted(reason);
        return new CertificateException("The certificate of " + host + " " + words, cause);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("This is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.getAcceptedIssuers();
    }
}
