package org.hearthwatch.transport.certificate;

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hearthwatch.api.net.AddressRange;

/**
 * Whom a certificate is for (RFC 9525): alternative names only, the common name does not count; a wildcard stands for the
 * whole first label and for nothing else; addresses are compared as addresses.
 */
public final class HostNames {

    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private HostNames() {}

    /** Whether a certificate is for a host, a name or an address. */
    public static boolean matches(X509Certificate certificate, String host) {
        String wanted = withoutDot(host).toLowerCase(Locale.ROOT);
        Optional<InetAddress> address = AddressRange.address(wanted);
        if (address.isPresent()) {
            return alternatives(certificate, IP_ADDRESS).stream()
                    .flatMap(name -> AddressRange.address(name).stream())
                    .anyMatch(address.get()::equals);
        }
        return alternatives(certificate, DNS_NAME).stream()
                .anyMatch(name -> covers(withoutDot(name).toLowerCase(Locale.ROOT), wanted));
    }

    private static boolean covers(String pattern, String name) {
        if (!pattern.startsWith("*.")) {
            return pattern.equals(name);
        }
        String rest = pattern.substring(1);
        int dot = name.indexOf('.');
        // Not for a whole top-level domain.
        return dot > 0
                && rest.indexOf('*') < 0
                && rest.indexOf('.', 1) > 0
                && name.substring(dot).equals(rest);
    }

    private static List<String> alternatives(X509Certificate certificate, int kind) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            for (List<?> entry : all == null ? List.<List<?>>of() : all) {
                if (entry.get(0).equals(kind) && entry.get(1) instanceof String name) {
                    names.add(name);
                }
            }
        } catch (CertificateParsingException e) {
            // Names nobody can read are names nobody has.
            return List.of();
        }
        return names;
    }

    /** All names and addresses. */
    public static List<String> all(X509Certificate certificate) {
        List<String> names = new ArrayList<>(alternatives(certificate, DNS_NAME));
        names.addAll(alternatives(certificate, IP_ADDRESS));
        return names;
    }

    /** The names for a message: printable, and not too many. */
    public static String described(X509Certificate certificate) {
        List<String> names = all(certificate);
        String text = names.isEmpty() ? "nobody" : String.join(", ", names.subList(0, Math.min(8, names.size())));
        return text.replaceAll("[^\\x20-\\x7e]", "?");
    }

    /** A name without the dot at its end that says it is a whole one. */
    public static String withoutDot(String host) {
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }
}
