package org.hearthwatch.plugin.jar;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hearthwatch.api.net.AddressRange;
import org.hearthwatch.api.secret.SecretRef;

/**
 * What a plugin declares in its manifest to need of the appliance. Shown before it is approved, and checked where it asks the
 * appliance: nothing keeps its code from going round that.
 *
 * <ul>
 *   <li>{@code net:HOST[:PORT]}: a name, {@code *.example.org}, an address, a range such as {@code 192.168.0.0/16}, {@code *};
 *       IPv6 in brackets before a port
 *   <li>{@code secret:PATH}, {@code env:NAME}, {@code file:PATH}, {@code credential:NAME}: a reference to a secret; a
 *       {@code *} at its end stands for the rest
 *   <li>{@code exec:PROGRAM}: a program it runs
 * </ul>
 */
public record Needs(List<String> list) {

    /** The manifest's header, its needs separated by commas. */
    public static final String HEADER = "Hearthwatch-Needs";

    private static final int MOST = 64;
    private static final Pattern FORM =
            Pattern.compile("(net|secret|env|file|credential|exec):([\\x21-\\x2b\\x2d-\\x7e]{1,200})");
    private static final Pattern PLACE = Pattern.compile("(\\[[^\\]]+\\]|[^\\[\\]:]+|[^\\[\\]]*:[^\\[\\]]*:[^\\[\\]]*)(?::(\\d{1,5}))?");
    private static final Pattern NAME = Pattern.compile("(\\*\\.)?[A-Za-z0-9]([A-Za-z0-9.-]{0,250})");

    /** Where a name leads. */
    @FunctionalInterface
    public interface Resolver {
        InetAddress[] resolve(String name) throws UnknownHostException;
    }

    public Needs {
        list = List.copyOf(list);
    }

    /**
     * Reads the header's value; an empty one declares nothing.
     *
     * @throws IllegalArgumentException saying what is wrong; its message goes on after the header's name
     */
    public static Needs parse(String header) {
        List<String> list = header.isBlank()
                ? List.of()
                : Arrays.stream(header.split(",", -1)).map(String::strip).toList();
        if (list.size() > MOST) {
            throw new IllegalArgumentException("declares more than " + MOST + " needs");
        }
        for (String need : list) {
            Matcher match = FORM.matcher(need);
            if (!match.matches() || (match.group(1).equals("net") && !isPlace(match.group(2)))) {
                throw new IllegalArgumentException("declares a need that is none: "
                        + (need.length() > 60 ? need.substring(0, 60) + "…" : need).replaceAll("[^\\x20-\\x7e]", "?"));
            }
        }
        return new Needs(list);
    }

    private static boolean isPlace(String place) {
        Matcher match = PLACE.matcher(place);
        if (!match.matches()) {
            return false;
        }
        String host = unbracketed(match.group(1));
        return host.equals("*") || range(host).isPresent() || NAME.matcher(host).matches();
    }

    /** Whether a secret may be handed out. */
    public boolean permits(SecretRef reference) {
        String wanted = reference.toString();
        return list.stream()
                .filter(need -> !need.startsWith("net:") && !need.startsWith("exec:"))
                .anyMatch(need -> need.endsWith("*")
                        ? wanted.startsWith(need.substring(0, need.length() - 1))
                        : wanted.equals(need));
    }

    /** Whether a connection may be opened. A name fits a range only if all it leads to lies in one that is declared. */
    public boolean permits(String host, int port, Resolver resolver) {
        if (list.stream().anyMatch(need -> isFor(need, port) && fits(hostOf(need), host))) {
            return true;
        }
        List<AddressRange> ranges = list.stream()
                .filter(need -> isFor(need, port))
                .flatMap(need -> range(hostOf(need)).stream())
                .toList();
        if (ranges.isEmpty()) {
            return false;
        }
        try {
            InetAddress[] addresses = AddressRange.address(host)
                    .map(address -> new InetAddress[] {address})
                    .orElse(null);
            if (addresses == null) {
                addresses = resolver.resolve(host);
            }
            return addresses.length > 0
                    && Arrays.stream(addresses)
                            .allMatch(address -> ranges.stream().anyMatch(range -> range.contains(address)));
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static boolean fits(String declared, String host) {
        String wanted = host.toLowerCase(Locale.ROOT);
        String named = declared.toLowerCase(Locale.ROOT);
        return named.equals("*")
                || named.equals(wanted)
                || (named.startsWith("*.") && wanted.endsWith(named.substring(1)) && wanted.length() >= named.length());
    }

    private static boolean isFor(String need, int port) {
        Matcher place = PLACE.matcher(need.substring(need.indexOf(':') + 1));
        return need.startsWith("net:")
                && place.matches()
                && (place.group(2) == null || Integer.parseInt(place.group(2)) == port);
    }

    private static String hostOf(String need) {
        Matcher place = PLACE.matcher(need.substring(need.indexOf(':') + 1));
        return place.matches() ? unbracketed(place.group(1)) : "";
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static Optional<AddressRange> range(String host) {
        try {
            return Optional.of(AddressRange.parse(host));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether code shows a wish that should have been declared and was not. */
    boolean lack(Wish wish) {
        return switch (wish) {
            case NETWORK -> list.stream().noneMatch(need -> need.startsWith("net:"));
            case PROGRAMS -> list.stream().noneMatch(need -> need.startsWith("exec:"));
            default -> false;
        };
    }
}
