package org.hearthwatch.api.notify;

import java.util.Map;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/** Makes notifiers from the receivers of an Alertmanager configuration; register one as a service. Thread-safe. */
@ConsumerType
public interface NotifierFactory {

    /** The receiver sections it understands, such as {@code email_configs}. */
    Set<String> sections();

    /**
     * A notifier of one entry of a section. Opens nothing: a connection is made at the first delivery.
     *
     * @param section one of {@link #sections}
     * @param name what the notifier is to be called
     * @param entry the entry as read from YAML: strings, booleans, longs, doubles, lists and maps of these
     * @param global the configuration's {@code global} section, in the same form
     * @throws InvalidReceiverException if the entry is not allowed
     */
    Notifier create(String section, String name, Map<String, Object> entry, Map<String, Object> global)
            throws InvalidReceiverException;
}
