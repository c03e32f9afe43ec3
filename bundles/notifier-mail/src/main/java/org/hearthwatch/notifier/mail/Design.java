package org.hearthwatch.notifier.mail;

import java.util.Map;

/**
 * What mails look like; the texts are templates.
 *
 * @param from one address
 * @param to addresses, separated by commas
 * @param headers further ones, and {@code Subject}, {@code From}, {@code To} and so on where they are to differ
 * @param text empty for no plain text
 * @param html empty for no HTML
 * @param buttons whether links to acknowledge and to silence are put below
 * @param thread whether mails of a group are shown as one thread
 * @param chart whether a chart is put into the HTML
 */
public record Design(
        String from,
        String to,
        Map<String, String> headers,
        String text,
        String html,
        boolean buttons,
        Threading thread,
        boolean chart) {

    public Design {
        headers = Map.copyOf(headers);
        if (text.isEmpty() && html.isEmpty()) {
            throw new IllegalArgumentException("there is neither text nor html");
        }
    }

    /** Which mails belong together. */
    public enum Threading {
        /** None. */
        NONE,
        /** Those of a group. */
        GROUP,
        /** Those of a group and a day. */
        DAILY
    }
}
