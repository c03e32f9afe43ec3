package org.hearthwatch.transport.egress;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.hearthwatch.api.net.AddressRange;
import org.hearthwatch.api.net.Egress;
import org.hearthwatch.api.net.EgressRefusedException;
import org.hearthwatch.api.net.EndpointTls;
import org.hearthwatch.transport.certificate.HostNames;
import org.hearthwatch.transport.egress.EgressRules.Reach;

/**
 * The one gate in front of all outgoing connections. It is asked, it does not hold: a part that does not ask is found by the
 * house's rules, a plugin is not.
 */
public final class EgressGate implements Egress {

    private static final List<AddressRange> METADATA =
            List.of(AddressRange.parse("169.254.169.254"), AddressRange.parse("fd00:ec2::254"));

    private static final String FILE = "etc/org.hearthwatch.transport.cfg";
    private static final AddressRange UNIQUE_LOCAL = AddressRange.parse("fc00::/7");

    private final Supplier<EgressRules> rules;
    private final Resolver resolver;
    private final OutgoingTls tls;
    private final EgressFigures figures;

    /** Asks for the addresses of a name. */
    @FunctionalInterface
    public interface Resolver {
        InetAddress[] addresses(String name) throws UnknownHostException;
    }

    public EgressGate(Supplier<EgressRules> rules, Resolver resolver, OutgoingTls tls, EgressFigures figures) {
        this.rules = rules;
        this.resolver = resolver;
        this.tls = tls;
        this.figures = figures;
    }

    @Override
    public void permit(String purpose, String host, int port) throws EgressRefusedException {
        Optional<String> objection = objection(rules.get(), purpose, host, port);
        figures.asked(purpose, objection.isEmpty());
        if (objection.isPresent()) {
            throw new EgressRefusedException("No connection for " + printable(purpose) + " to " + printable(host) + ":"
                    + port + ": " + objection.get());
        }
    }

    private Optional<String> objection(EgressRules now, String purpose, String host, int port) {
        String name = HostNames.withoutDot(host).toLowerCase(Locale.ROOT);
        Optional<InetAddress> address = AddressRange.address(name);
        Optional<String> never = address.isPresent() ? nobody(address.get()) : number(name);
        if (never.isPresent() || now.reach() == Reach.ANY) {
            return never;
        }
        if (address.isPresent() ? address.get().isLoopbackAddress() : name.equals("localhost")) {
            return Optional.empty();
        }
        boolean listed = now.allowed().stream().anyMatch(entry -> entry.allows(purpose, name, address, port));
        if (!listed) {
            return Optional.of("only listed destinations may be reached (egress = "
                    + now.reach().name().toLowerCase(Locale.ROOT) + "). If this one may, add \"" + printable(host) + ":"
                    + port + " for " + printable(purpose) + "\" to allow in " + FILE);
        }
        return now.reach() == Reach.PRIVATE ? publicAddress(name, address) : Optional.empty();
    }

    /** Programs read such a number as different addresses, so a list of addresses would mean nothing. */
    private static Optional<String> number(String name) {
        return Destination.endsInNumber(name)
                ? Optional.of("this is a number, but no address in its usual form")
                : Optional.empty();
    }

    /** Addresses that no part has any business with, wherever connections may go. */
    private static Optional<String> nobody(InetAddress address) {
        if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
            return Optional.of("this is the address of no single machine");
        }
        return METADATA.stream().anyMatch(range -> range.contains(address))
                ? Optional.of("this address gives whoever asks the keys of a machine in a cloud")
                : Optional.empty();
    }

    /** A listed name is looked up, and only a listed one: where nothing may leave, a name server hears no other. */
    private Optional<String> publicAddress(String name, Optional<InetAddress> literal) {
        try {
            for (InetAddress address :
                    literal.isPresent() ? new InetAddress[] {literal.get()} : resolver.addresses(name)) {
                if (!isPrivate(address)) {
                    return Optional.of(address.getHostAddress()
                            + " is a public address, and only private ones may be reached (egress = private in " + FILE
                            + ")");
                }
            }
            return Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.of("the name has no address, so nobody can tell whether it is a private one");
        }
    }

    private static boolean isPrivate(InetAddress address) {
        return address.isLoopbackAddress()
                || address.isSiteLocalAddress()
                || address.isLinkLocalAddress()
                || UNIQUE_LOCAL.contains(address);
    }

    private static String printable(String text) {
        String plain = text.replaceAll("[^\\x21-\\x7e]", "?");
        return plain.length() <= 255 ? plain : plain.substring(0, 255) + "…";
    }

    @Override
    public SSLContext tls(String host, int port) {
        return tls.context(host);
    }

    @Override
    public SSLContext tls(String host, int port, EndpointTls own) throws IOException {
        return tls.context(host, own);
    }
}
