package org.hearthwatch.alert.notify;

import java.net.URI;
import java.util.Optional;
import org.hearthwatch.api.metric.Labels;

/** Links by which whoever gets a message can answer it without signing in. */
public interface Links {

    /** No links. */
    Links NONE = new Links() {
        @Override
        public Optional<URI> acknowledge(Labels alert) {
            return Optional.empty();
        }

        @Override
        public Optional<URI> silence(Labels alert) {
            return Optional.empty();
        }
    };

    /** Says that somebody looks after an alert. */
    Optional<URI> acknowledge(Labels alert);

    /** Silences an alert for a while. */
    Optional<URI> silence(Labels alert);
}
