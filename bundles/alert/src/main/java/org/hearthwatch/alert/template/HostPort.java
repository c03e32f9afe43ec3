package org.hearthwatch.alert.template;

import java.util.regex.Pattern;

/**
 * An address such as {@code nas.home:9100} or {@code [::1]:80}, taken apart as Go's {@code net.SplitHostPort} does.
 *
 * @param host all of the address where it has no port
 * @param port empty where there is none
 */
record HostPort(String host, String port) {

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    static HostPort of(String address) {
        int colon = address.lastIndexOf(':');
        if (address.startsWith("[")) {
            int close = address.indexOf(']');
            return close > 0 && colon == close + 1
                    ? new HostPort(address.substring(1, close), address.substring(colon + 1))
                    : new HostPort(address, "");
        }
        // More than one colon outside of brackets is an IPv6 address without a port.
        return colon >= 0 && address.indexOf(':') == colon
                ? new HostPort(address.substring(0, colon), address.substring(colon + 1))
                : new HostPort(address, "");
    }

    /** The first part of a host's name, with the port; addresses of numbers stay as they are. */
    static String stripDomain(String address) {
        HostPort parts = of(address);
        if (IPV4.matcher(parts.host()).matches() || parts.host().indexOf(':') >= 0) {
            return address;
        }
        int dot = parts.host().indexOf('.');
        String first = dot < 0 ? parts.host() : parts.host().substring(0, dot);
        return parts.port().isEmpty() ? first : first + ":" + parts.port();
    }
}
