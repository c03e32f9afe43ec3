/** Opens the audit log and offers it as services. */
// Registered by hand once the folder is open, so the build cannot see them; resolvers need to know.
@Capability(
        namespace = "osgi.service",
        attribute =
                "objectClass:List<String>=\"org.hearthwatch.api.audit.AuditLog,org.hearthwatch.api.audit.AuditTrail,org.hearthwatch.api.audit.AuditAnchors\"",
        uses = {AuditLog.class, AuditTrail.class, AuditAnchors.class})
@NullMarked
package org.hearthwatch.audit.osgi;

import org.hearthwatch.api.audit.AuditAnchors;
import org.hearthwatch.api.audit.AuditLog;
import org.hearthwatch.api.audit.AuditTrail;
import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Capability;
