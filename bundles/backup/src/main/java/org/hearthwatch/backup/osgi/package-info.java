/** Makes backups on time, offers them as a service, and puts a restore in place at the start. */
// Registered by hand, so the build cannot see it; resolvers need to know.
@Capability(
        namespace = "osgi.service",
        attribute =
                "objectClass:List<String>=\"org.hearthwatch.api.backup.Backups,org.hearthwatch.api.secret.SealedFiles\"",
        uses = {Backups.class, SealedFiles.class})
@NullMarked
package org.hearthwatch.backup.osgi;

import org.hearthwatch.api.backup.Backups;
import org.hearthwatch.api.secret.SealedFiles;
import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Capability;
