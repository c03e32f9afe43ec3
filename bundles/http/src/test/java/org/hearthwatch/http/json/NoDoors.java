package org.hearthwatch.http.json;

import java.util.Optional;
import org.hearthwatch.api.access.FederatedSignIn;
import org.hearthwatch.api.access.ForwardedIdentity;
import org.hearthwatch.api.access.Passkeys;

/** An appliance that nobody else signs people in to. */
final class NoDoors implements SignInRoutes.Doors {

    @Override
    public Optional<FederatedSignIn> federated() {
        return Optional.empty();
    }

    @Override
    public Optional<ForwardedIdentity> forwarded() {
        return Optional.empty();
    }

    @Override
    public Optional<Passkeys> passkeys() {
        return Optional.empty();
    }
}
