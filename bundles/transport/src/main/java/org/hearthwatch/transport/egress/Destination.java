package org.hearthwatch.transport.egress;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hearthwatch.api.net.AddressRange;
import org.hearthwatch.transport.certificate.HostNames;

/**
 * An entry of an allow-list: {@code smtp.example.org:587 for notify}, {@code *.example.org}, {@code 10.0.0.0/8 for scrape},
 * {@code [fd00::1]:9090}. Without a port every port is meant, without a purpose every purpose.
 *
 * @param host a name in lower case, perhaps beginning with {@code *.}; empty where a range is meant
 */
public record Destination(String host, Optional<AddressRange> range, OptionalInt port, Optional<String> purpose) {

    /** What a setting with such entries takes. */
    static final String ALLOWED = "destinations such as smtp.example.org:587 for notify, *.example.org, 192.168.0.0/16"
            + " for scrape or [fd00::1]:9090, separated by commas";

    private static final Pattern FORM = Pattern.compile(
            "(\\[[^\\]\\s]+]|[^:\\s\\[\\]]+|[0-9A-Fa-f:]+(?:/\\d+)?)(?::(\\d{1,5}))?(?:\\s+for\\s+([a-z-]{1,32}))?");
    private static final Pattern NAME =
            Pattern.compile("(\\*\\.)?[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\\.?");

    /** @throws IllegalArgumentException if the text is no destination */
    public static Destination parse(String text) {
        Matcher matcher = FORM.matcher(text.trim());
        if (matcher.matches()) {
            OptionalInt port =
                    matcher.group(2) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(matcher.group(2)));
            Optional<String> purpose = Optional.ofNullable(matcher.group(3));
            String host = matcher.group(1).toLowerCase(Locale.ROOT);
            Optional<AddressRange> range = range(host);
            boolean allowed = range.isPresent() || (NAME.matcher(host).matches() && !endsInNumber(host));
            if (allowed && port.orElse(1) >= 1 && port.orElse(1) <= 65535) {
                return new Destination(range.isPresent() ? "" : HostNames.withoutDot(host), range, port, purpose);
            }
        }
        throw new IllegalArgumentException(ALLOWED);
    }

    private static Optional<AddressRange> range(String host) {
        String plain = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        try {
            return Optional.of(AddressRange.parse(plain));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether a host is no name but a number in a form that programs read differently, such as {@code 127.1}: no name of
     * the domain name system ends in a number (RFC 3696, section 2).
     */
    static boolean endsInNumber(String host) {
        String last = HostNames.withoutDot(host);
        last = last.substring(last.lastIndexOf('.') + 1);
        return last.matches("[0-9]+|0[xX][0-9A-Fa-f]*");
    }

    /** Whether a connection for a purpose is meant, to a host that is a name, or to its address. */
    boolean allows(String forPurpose, String name, Optional<InetAddress> address, int toPort) {
        if (purpose.filter(only -> !only.equals(forPurpose)).isPresent() || port.orElse(toPort) != toPort) {
            return false;
        }
        if (range.isPresent()) {
            return address.filter(range.get()::contains).isPresent();
        }
        return address.isEmpty() && (host.startsWith("*.") ? name.endsWith(host.substring(1)) : name.equals(host));
    }
}
