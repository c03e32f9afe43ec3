package org.hearthwatch.notifier.mail;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.IDN;
import java.util.ArrayList;
import java.util.List;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.api.notify.OneLine;

/**
 * Addresses of people, from texts that may come from elsewhere. A domain that is not ASCII goes into the mail as it is
 * looked up ({@code xn--…}), so that a Cyrillic letter cannot pass for a Latin one.
 */
final class Addresses {

    private static final int MOST = 100;

    private Addresses() {}

    /**
     * The addresses of a text.
     *
     * @param what they are, for whoever reads the refusal
     */
    static List<InternetAddress> of(String what, String text) throws DeliveryException {
        if (text.chars().anyMatch(c -> Character.isISOControl(c))) {
            throw DeliveryException.lasting(what + " holds control characters, which no address has");
        }
        var addresses = new ArrayList<InternetAddress>();
        try {
            for (InternetAddress address : InternetAddress.parse(text, true)) {
                addresses.add(ascii(address));
            }
        } catch (AddressException | IllegalArgumentException e) {
            throw DeliveryException.lasting(what + " = " + OneLine.of(text)
                    + " are no mail addresses; write them as ops@home.org, separated by" + " commas");
        }
        if (addresses.isEmpty() || addresses.size() > MOST) {
            throw DeliveryException.lasting(what + " takes from 1 to " + MOST + " addresses, not " + addresses.size());
        }
        return addresses;
    }

    private static InternetAddress ascii(InternetAddress address) throws AddressException {
        String whole = address.getAddress();
        int at = whole.lastIndexOf('@');
        if (at <= 0) {
            throw new AddressException("no domain");
        }
        String domain = whole.substring(at + 1);
        address.setAddress(whole.substring(0, at + 1) + (domain.startsWith("[") ? domain : IDN.toASCII(domain)));
        address.validate();
        return address;
    }
}
