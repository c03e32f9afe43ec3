package org.hearthwatch.transport.certificate;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraintValidatorException;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PKIXNameConstraintValidator;
import org.hearthwatch.api.net.AddressRange;

/**
 * For whom an authority of ours may speak (name constraints, RFC 5280, section 4.2.1.10): names and addresses that only mean
 * something at home, and what it was made for. So whoever steals its key cannot pose as a bank to those who trust it.
 */
final class NameLimits {

    /** Never of the public name system: RFC 6761, 6762 (with its appendix G), 8375, and ICANN's {@code internal}. */
    private static final List<String> NAMES_AT_HOME = List.of(
            "localhost", "local", "localdomain", "lan", "home", "home.arpa", "internal", "intranet", "private", "corp");

    private static final List<AddressRange> ADDRESSES_AT_HOME = List.of(
            AddressRange.parse("127.0.0.0/8"),
            AddressRange.parse("10.0.0.0/8"),
            AddressRange.parse("172.16.0.0/12"),
            AddressRange.parse("192.168.0.0/16"),
            AddressRange.parse("169.254.0.0/16"),
            AddressRange.parse("100.64.0.0/10"),
            AddressRange.parse("::1/128"),
            AddressRange.parse("fc00::/7"),
            AddressRange.parse("fe80::/10"));

    private NameLimits() {}

    /**
     * Limits for an authority. Where one of the names is a public address, addresses are not limited: such change, and each
     * would take an authority of its own.
     */
    static NameConstraints of(Collection<String> names) {
        Set<String> hosts = new LinkedHashSet<>(NAMES_AT_HOME);
        boolean atHome = true;
        for (String name : names) {
            Optional<InetAddress> address = AddressRange.address(name);
            if (address.isEmpty()) {
                hosts.add(name);
            } else {
                atHome &= ADDRESSES_AT_HOME.stream().anyMatch(range -> range.contains(address.get()));
            }
        }
        List<GeneralSubtree> permitted = new ArrayList<>();
        hosts.forEach(host -> permitted.add(new GeneralSubtree(new GeneralName(GeneralName.dNSName, host))));
        if (atHome) {
            ADDRESSES_AT_HOME.forEach(range -> permitted.add(
                    new GeneralSubtree(new GeneralName(GeneralName.iPAddress, new DEROctetString(bytes(range))))));
        }
        return new NameConstraints(permitted.toArray(GeneralSubtree[]::new), null);
    }

    /** An address and a mask of the same length. */
    private static byte[] bytes(AddressRange range) {
        byte[] address = range.address().getAddress();
        byte[] both = new byte[2 * address.length];
        for (int bit = 0; bit < range.bits(); bit++) {
            both[address.length + bit / 8] |= (byte) (0x80 >> bit % 8);
        }
        for (int i = 0; i < address.length; i++) {
            both[i] = (byte) (address[i] & both[address.length + i]);
        }
        return both;
    }

    /** Whether an authority may speak for all of these; one without limits may. */
    static boolean allow(X509Certificate authority, Collection<GeneralName> names) {
        byte[] extension = authority.getExtensionValue(Extension.nameConstraints.getId());
        if (extension == null) {
            return true;
        }
        var limits = NameConstraints.getInstance(
                ASN1OctetString.getInstance(extension).getOctets());
        var validator = new PKIXNameConstraintValidator();
        validator.intersectPermittedSubtree(limits.getPermittedSubtrees());
        try {
            for (GeneralName name : names) {
                validator.checkPermitted(name);
            }
            return true;
        } catch (NameConstraintValidatorException e) {
            return false;
        }
    }
}
