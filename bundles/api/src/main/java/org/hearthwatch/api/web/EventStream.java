package org.hearthwatch.api.web;

import org.osgi.annotation.versioning.ProviderType;

/** A stream of server-sent events (WHATWG HTML, section 9.2). Thread-safe. */
@ProviderType
public interface EventStream extends AutoCloseable {

    /**
     * Sends an event; a reader that is too slow loses the stream rather than delaying anyone.
     *
     * @param event the event's name
     * @param data one line, usually JSON
     * @return false if the stream is closed
     */
    boolean send(String event, String data);

    boolean isOpen();

    /** Runs when the stream closes from either side; at once if it is closed already. */
    void onClose(Runnable action);

    @Override
    void close();
}
