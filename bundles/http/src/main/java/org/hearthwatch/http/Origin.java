package org.hearthwatch.http;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hearthwatch.api.web.HttpProblem;

/**
 * Where a request comes from and whom it thinks it talks to: what must be right before its path is even looked at.
 *
 * @param local over loopback, and no proxy says that it passes on someone else's request
 * @param certified with a certificate of an authority whose clients may read what is open on this machine
 */
record Origin(String remoteAddress, boolean local, boolean certified) {

    private static final List<String> PROXY_HEADERS = List.of(
            "Forwarded",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "X-Forwarded-Proto",
            "X-Forwarded-Server",
            "X-Real-IP",
            "Via");

    static Origin of(HttpServletRequest request) {
        boolean proxied = PROXY_HEADERS.stream().anyMatch(name -> request.getHeader(name) != null);
        return new Origin(
                request.getRemoteAddr(), isLoopback(request.getRemoteAddr()) && !proxied, hasCertificate(request));
    }

    /** The TLS layer has verified it; a client need not show one. */
    private static boolean hasCertificate(HttpServletRequest request) {
        return request.isSecure()
                && request.getAttribute("jakarta.servlet.request.X509Certificate") instanceof X509Certificate[] chain
                && chain.length > 0;
    }

    /**
     * Checks the transport and the host name.
     *
     * @throws HttpProblem 403 for plain HTTP from another machine; 421 for a name that is not ours, such as one a hostile
     *     page has pointed at this machine (DNS rebinding)
     */
    static void check(HttpServletRequest request, HttpSettings settings) throws HttpProblem {
        if (!request.isSecure() && !isLoopback(request.getRemoteAddr())) {
            throw new HttpProblem(
                    403,
                    "From another machine Hearthwatch answers over HTTPS only: see addresses in etc/org.hearthwatch.http.cfg. Or"
                            + " use it on the machine itself, through an SSH tunnel, or behind a proxy there that speaks TLS.");
        }
        var hosts = request.getHeaders("Host");
        String host = hosts.hasMoreElements() ? hosts.nextElement() : "";
        if (hosts.hasMoreElements() || !isOurs(hostName(host), request, settings)) {
            throw new HttpProblem(
                    421,
                    "This is not a name of this appliance. If it is meant to be, add it to hosts in"
                            + " etc/org.hearthwatch.http.cfg.");
        }
        String query = request.getQueryString();
        if (query != null && query.contains("hwt_")) {
            throw new HttpProblem(
                    400,
                    "A token belongs into the Authorization header. In an address it ends up in histories and logs: revoke"
                            + " this one and make another.");
        }
    }

    private static boolean isOurs(String name, HttpServletRequest request, HttpSettings settings) {
        return name.equals("localhost")
                || name.equals("127.0.0.1")
                || name.equals("[::1]")
                || name.equals(bracketed(request.getLocalAddr()))
                || settings.hosts().contains(name);
    }

    /** The name in a {@code Host} header, without the port; a port may have been mapped on the way. */
    private static String hostName(String host) {
        int end = host.lastIndexOf(':');
        String name = end > host.lastIndexOf(']') ? host.substring(0, end) : host;
        return name.toLowerCase(Locale.ROOT);
    }

    private static String bracketed(String address) {
        return address.indexOf(':') >= 0 && !address.startsWith("[") ? "[" + address + "]" : address;
    }

    /**
     * Whether a browser sent the request on behalf of another site. Empty if nothing tells: a program that is no browser.
     */
    static Optional<Boolean> isForeign(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        String site = request.getHeader("Sec-Fetch-Site");
        if (origin == null && site == null) {
            return Optional.empty();
        }
        boolean foreignOrigin =
                origin != null && !authority(origin).equals(authority("http://" + request.getHeader("Host")));
        boolean foreignSite = site != null && !site.equals("same-origin") && !site.equals("none");
        return Optional.of(foreignOrigin || foreignSite);
    }

    /** Host and port of an origin, with the scheme's usual port left out. */
    private static String authority(String origin) {
        int scheme = origin.indexOf("://");
        if (scheme < 0) {
            return "";
        }
        String authority = origin.substring(scheme + 3).toLowerCase(Locale.ROOT);
        for (String usual : List.of(":80", ":443")) {
            if (authority.endsWith(usual)) {
                return authority.substring(0, authority.length() - usual.length());
            }
        }
        return authority;
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address.startsWith("[") ? address.substring(1, address.length() - 1) : address)
                    .isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
