package org.hearthwatch.http.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of {@code etc/org.hearthwatch.http.cfg}. */
@ObjectClassDefinition(
        name = "HTTP",
        description = "Names and limits of the web port; its address is in etc/org.apache.felix.http.cfg")
public @interface HttpConfig {

    /** The configuration's name. */
    String PID = "org.hearthwatch.http";

    @AttributeDefinition(
            name = "Host names",
            description =
                    "Further names under which the console is opened, such as nas.lan, separated by commas; localhost"
                            + " and the port's own address always are")
    String hosts() default "";

    @AttributeDefinition(
            name = "HTTPS addresses",
            description = "Where the console is served over TLS besides, separated by commas: an address, a network"
                    + " interface or * for all, and a port, such as 192.168.1.10:8443, wg0:8443, [fd00::1]:8443; 8443 where"
                    + " none is named")
    String addresses() default "";

    @AttributeDefinition(
            name = "Sources of the console",
            description =
                    "Addresses and ranges that may use the console and the API, separated by commas; empty for all")
    String allowedSources() default "";

    @AttributeDefinition(
            name = "Sources of metrics",
            description =
                    "Addresses and ranges that may read /metrics and /federate, separated by commas; empty for all")
    String metricsSources() default "";

    @AttributeDefinition(
            name = "Sources of pushes",
            description =
                    "Addresses and ranges that may bring samples (remote write, OTLP, import), separated by commas;"
                            + " empty for all")
    String pushSources() default "";

    @AttributeDefinition(name = "Connections", description = "Open at once, 10 to 2000")
    int connections() default 200;

    @AttributeDefinition(
            name = "Connections from one address",
            description = "1 to 2000; connections from this machine itself do not count")
    int connectionsPerAddress() default 20;

    @AttributeDefinition(
            name = "Connection rate",
            description =
                    "New connections a second from one address, 1 to 1000; three times that at once; connections from"
                            + " this machine itself do not count")
    int connectionRate() default 20;

    @AttributeDefinition(name = "Request deadline", description = "From a request's first byte to its last, 1s to 5m")
    String requestDeadline() default "15s";

    @AttributeDefinition(
            name = "Idle timeout",
            description = "A connection without traffic is closed after this time, 20s to 1h")
    String idleTimeout() default "30s";

    @AttributeDefinition(name = "Live views", description = "Event streams open at once, 1 to 500")
    int maxStreams() default 32;
}
