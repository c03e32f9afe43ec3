package org.hearthwatch.api.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * IP addresses with a common beginning, written {@code 192.168.0.0/16}, {@code fd00::/8} or as one address. Only the plain
 * forms are read: four decimal numbers, or IPv6. What other programs take for addresses too, such as {@code 127.1},
 * {@code 0177.0.0.1} or {@code 2130706433}, is read differently by different programs and so by none here.
 *
 * @param bits how many of the address's leading bits count
 */
public record AddressRange(InetAddress address, int bits) {

    private static final Pattern V4 = Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");
    private static final Pattern V6 = Pattern.compile("(?=.*:.*:)[0-9A-Fa-f:]{2,39}(:\\d{1,3}(\\.\\d{1,3}){3})?");
    private static final Pattern BITS = Pattern.compile("\\d{1,3}");

    public AddressRange {
        if (bits < 0 || bits > 8 * address.getAddress().length) {
            throw new IllegalArgumentException("Not a number of bits for " + address.getHostAddress() + ": " + bits);
        }
    }

    /** Reads an address, in brackets or not; empty if the text is none, as a name is none. Asks no name server. */
    public static Optional<InetAddress> address(String text) {
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        String plain = bracketed ? text.substring(1, text.length() - 1) : text;
        if (!(V4.matcher(plain).matches() && !bracketed) && !V6.matcher(plain).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(plain));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** @throws IllegalArgumentException if the text is no range, saying what is */
    public static AddressRange parse(String text) {
        String trimmed = text.trim();
        int slash = trimmed.indexOf('/');
        String bits = slash < 0 ? "" : trimmed.substring(slash + 1);
        Optional<InetAddress> address = address(slash < 0 ? trimmed : trimmed.substring(0, slash));
        if (address.isPresent() && (slash < 0 || BITS.matcher(bits).matches())) {
            int all = 8 * address.get().getAddress().length;
            int wanted = slash < 0 ? all : Integer.parseInt(bits);
            if (wanted <= all) {
                return new AddressRange(address.get(), wanted);
            }
        }
        throw new IllegalArgumentException(
                "\"" + trimmed + "\" is not an address or range such as 192.168.1.5, 192.168.0.0/16 or fd00::/8");
    }

    /** Whether the address begins with the same bits; an IPv4 address is in no range of IPv6 and the other way round. */
    public boolean contains(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] theirs = other.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        int whole = bits / 8;
        for (int i = 0; i < whole; i++) {
            if (mine[i] != theirs[i]) {
                return false;
            }
        }
        int rest = bits % 8;
        return rest == 0 || (mine[whole] ^ theirs[whole]) >> (8 - rest) == 0;
    }

    @Override
    public String toString() {
        return address.getHostAddress() + (bits == 8 * address.getAddress().length ? "" : "/" + bits);
    }
}
