package org.hearthwatch.prometheus.in;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.hearthwatch.api.web.Exchange;
import org.jspecify.annotations.Nullable;

/** Answers to pushes: plain text, because senders put it in their log as it is. */
public final class Answers {

    private static final String TEXT = "text/plain; charset=utf-8";

    private Answers() {}

    /** 204 if all was written, 400 with the reasons if not. */
    public static void of(Exchange exchange, Outcome outcome) throws IOException {
        if (outcome.problems().isEmpty()) {
            exchange.respond(204);
        } else {
            text(exchange, 400, outcome.problems().text());
        }
    }

    public static void later(Exchange exchange, LaterException later) throws IOException {
        exchange.header("Retry-After", Long.toString(later.seconds()));
        text(exchange, later.status(), later.getMessage());
    }

    public static void text(Exchange exchange, int status, @Nullable String text) throws IOException {
        exchange.respond(status, TEXT, (text + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
