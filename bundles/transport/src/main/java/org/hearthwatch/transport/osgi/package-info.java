/** Turns settings into rules and offers the services. */
// Registered by hand together, so the build cannot see them; resolvers need to know.
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=\"org.hearthwatch.api.net.Egress,org.hearthwatch.api.net.ServerTls,"
                + "org.hearthwatch.api.net.Certificates,org.hearthwatch.api.net.Pins,org.hearthwatch.api.security.SecurityProfiles,"
                + "org.hearthwatch.api.security.PromiseBook\"",
        uses = {Egress.class, ServerTls.class, Certificates.class, Pins.class, SecurityProfiles.class, PromiseBook.class
        })
@NullMarked
package org.hearthwatch.transport.osgi;

import org.hearthwatch.api.net.Certificates;
import org.hearthwatch.api.net.Egress;
import org.hearthwatch.api.net.Pins;
import org.hearthwatch.api.net.ServerTls;
import org.hearthwatch.api.security.PromiseBook;
import org.hearthwatch.api.security.SecurityProfiles;
import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Capability;
