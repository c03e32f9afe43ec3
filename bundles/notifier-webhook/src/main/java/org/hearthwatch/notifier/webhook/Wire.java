package org.hearthwatch.notifier.webhook;

import java.io.IOException;
import java.time.Duration;
import org.hearthwatch.api.net.EgressRefusedException;

/** Carries requests out of the house. Thread-safe. */
public interface Wire {

    /**
     * Makes a request and waits for the answer.
     *
     * @param timeout for all of it
     * @throws EgressRefusedException if the destination is not allowed; nothing was sent
     * @throws IOException if there is no answer; the message names no more of the address than the host
     */
    Answer exchange(Call call, Duration timeout) throws IOException, InterruptedException;
}
