package org.hearthwatch.prometheus.out;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Who requests are sent to. Thread-safe. */
public interface Endpoint {

    /** Sends a packed request of remote write 1.0; completes exceptionally if no answer came. */
    CompletableFuture<Answer> send(byte[] body);

    /**
     * What was answered.
     *
     * @param retryAfter when the endpoint wants the request again
     * @param text the beginning of the answer's body, for people
     */
    record Answer(int status, Optional<Duration> retryAfter, String text) {

        boolean isSuccess() {
            return status >= 200 && status < 300;
        }

        /** Whether the same request may succeed later. */
        boolean isForLater() {
            return status >= 500 || status == 429;
        }
    }
}
