/** Keeps the vault in the appliance's state and offers it as services. */
// Registered by hand, so the build cannot see them; resolvers need to know.
@Capability(
        namespace = "osgi.service",
        attribute =
                "objectClass:List<String>=\"org.hearthwatch.api.secret.Secrets,org.hearthwatch.api.secret.SecretStore,org.hearthwatch.api.secret.Vault,org.hearthwatch.api.secret.SealedNotes\"",
        uses = {Secrets.class, SecretStore.class, Vault.class, SealedNotes.class})
@NullMarked
package org.hearthwatch.secret.osgi;

import org.hearthwatch.api.secret.SealedNotes;
import org.hearthwatch.api.secret.SecretStore;
import org.hearthwatch.api.secret.Secrets;
import org.hearthwatch.api.secret.Vault;
import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Capability;
