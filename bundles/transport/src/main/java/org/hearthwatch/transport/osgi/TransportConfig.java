package org.hearthwatch.transport.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of {@code etc/org.hearthwatch.transport.cfg}. */
@ObjectClassDefinition(name = "Transport", description = "Where connections may go, and whom they trust")
public @interface TransportConfig {

    /** The configuration's name. */
    String PID = "org.hearthwatch.transport";

    @AttributeDefinition(
            name = "Security profile",
            description = "The profile last chosen: standard, high or airgap. hw:security-profile chooses another and"
                    + " changes the settings that belong to it; the name alone changes nothing")
    String profile() default "standard";

    @AttributeDefinition(
            name = "Egress",
            description = "Where outgoing connections may go: any (wherever a part is configured to go), listed (this"
                    + " machine and what allow names) or private (this machine and private addresses that allow names)")
    String egress() default "any";

    @AttributeDefinition(
            name = "Allowed destinations",
            description = "For egress = listed or private: destinations such as smtp.example.org:587 for notify,"
                    + " *.example.org, 192.168.0.0/16 for scrape, separated by commas; without a port or a purpose all"
                    + " are meant")
    String allow() default "";

    @AttributeDefinition(
            name = "Authorities",
            description = "PEM files of certificate authorities to trust besides Java's, separated by commas")
    String caFiles() default "";

    @AttributeDefinition(
            name = "Pins",
            description = "Keys that servers must have: HOST = sha256/BASE64 sha256/BASE64, several hosts separated by"
                    + " commas; the second is the one to change to")
    String pins() default "";

    @AttributeDefinition(
            name = "Hosts with TLS 1.2",
            description = "Hosts that cannot do TLS 1.3 and may be spoken to in 1.2, separated by commas")
    String tls12Hosts() default "";

    @AttributeDefinition(
            name = "Certificate",
            description =
                    "PEM file with the certificate of the appliance and those it was issued by; empty for one that"
                            + " the appliance makes and renews itself")
    String certificate() default "";

    @AttributeDefinition(name = "Certificate's key", description = "PEM file with its key")
    String certificateKey() default "";

    @AttributeDefinition(
            name = "Key's password",
            description = "Where the key's password is, such as secret:tls/key; empty for a key without one")
    String certificateKeyPassword() default "";

    @AttributeDefinition(
            name = "Authorities of clients",
            description =
                    "PEM files of authorities whose clients may read metrics without a token, separated by commas;"
                            + " empty to ask no client for a certificate")
    String clientCaFiles() default "";
}
