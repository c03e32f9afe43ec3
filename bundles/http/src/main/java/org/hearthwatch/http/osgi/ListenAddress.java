package org.hearthwatch.http.osgi;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hearthwatch.api.net.AddressRange;

/**
 * Where to listen, as it is written: {@code 192.168.1.10:8443}, {@code [fd00::1]:8443}, {@code wg0}, {@code *:8443}.
 *
 * @param host an address, a network interface, or {@code *} for all addresses
 */
record ListenAddress(String host, int port) {

    private static final int USUAL_PORT = 8443;
    private static final Pattern FORM = Pattern.compile(
            "(\\*|\\[[0-9a-fA-F:.]+]|\\d{1,3}(?:\\.\\d{1,3}){3}|[A-Za-z][A-Za-z0-9._-]{0,14})(?::(\\d{1,5}))?");

    /** @throws IllegalArgumentException saying what is allowed */
    static ListenAddress parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (matcher.matches()) {
            int port = matcher.group(2) == null ? USUAL_PORT : Integer.parseInt(matcher.group(2));
            String host = matcher.group(1);
            boolean numeric = host.startsWith("[") || Character.isDigit(host.charAt(0));
            if (port <= 65535 && (!numeric || AddressRange.address(host).isPresent())) {
                return new ListenAddress(host, port);
            }
        }
        throw new IllegalArgumentException(
                "addresses such as 192.168.1.10:8443, [fd00::1]:8443, an interface such as wg0:8443, or *:8443");
    }

    /**
     * The sockets to open now.
     *
     * @throws SocketException if there is no such interface, or it has no address
     */
    List<InetSocketAddress> sockets() throws SocketException {
        Optional<InetAddress> literal = AddressRange.address(host);
        if (host.equals("*")) {
            try {
                return List.of(new InetSocketAddress(InetAddress.getByName("::"), port));
            } catch (UnknownHostException e) {
                return List.of(new InetSocketAddress(port));
            }
        }
        if (literal.isPresent()) {
            return List.of(new InetSocketAddress(literal.get(), port));
        }
        NetworkInterface network = NetworkInterface.getByName(host);
        List<InetSocketAddress> sockets = new ArrayList<>();
        if (network != null) {
            for (InterfaceAddress each : network.getInterfaceAddresses()) {
                if (!each.getAddress().isLinkLocalAddress()) {
                    sockets.add(new InetSocketAddress(each.getAddress(), port));
                }
            }
        }
        if (sockets.isEmpty()) {
            throw new SocketException("there is no network interface " + host + " with an address");
        }
        return sockets;
    }

    /** The addresses under which others reach it, for the certificate. */
    static List<String> reachable(InetSocketAddress socket) throws SocketException {
        if (!socket.getAddress().isAnyLocalAddress()) {
            return List.of(socket.getAddress().getHostAddress().replaceFirst("%.*", ""));
        }
        List<String> all = new ArrayList<>();
        for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InterfaceAddress each : network.getInterfaceAddresses()) {
                if (!each.getAddress().isLinkLocalAddress()) {
                    all.add(each.getAddress().getHostAddress().replaceFirst("%.*", ""));
                }
            }
        }
        return all;
    }
}
