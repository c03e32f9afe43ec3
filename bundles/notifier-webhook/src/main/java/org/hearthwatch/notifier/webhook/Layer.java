package org.hearthwatch.notifier.webhook;

import java.time.InstantSource;
import org.hearthwatch.api.secret.Secrets;

/** What a service asks of the way its requests take, such as a signature of the moment they are made. */
@FunctionalInterface
public interface Layer {

    /** Nothing more than the way itself. */
    Layer NONE = (wire, secrets, clock) -> wire;

    /** The way with that done to each request. */
    Wire over(Wire wire, Secrets secrets, InstantSource clock);
}
