package org.hearthwatch.api.notify;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Expands template texts in the language of Alertmanager's templates, the configured template files included, with one
 * notification as the data. Bounded in size and time. Thread-safe.
 */
@ProviderType
public interface Texts {

    /**
     * As plain text.
     *
     * @throws DeliveryException not retryable, if the template is wrong; the message says where
     */
    String text(String template) throws DeliveryException;

    /**
     * As HTML: what the template inserts is escaped.
     *
     * @throws DeliveryException not retryable, if the template is wrong; the message says where
     */
    String html(String template) throws DeliveryException;
}
