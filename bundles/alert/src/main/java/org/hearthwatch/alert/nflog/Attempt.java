package org.hearthwatch.alert.nflog;

import java.time.Instant;

/**
 * A message that went out or was given up, for people to look back at.
 *
 * @param key the message's
 * @param delivered whether it was taken
 * @param tries how often it was tried
 * @param answer what the other side said, or why it failed
 * @param firing how many alerts it told of that fire
 * @param resolved how many it told of that are over
 */
public record Attempt(
        String key,
        Slot slot,
        String receiver,
        Reason reason,
        Instant at,
        boolean delivered,
        int tries,
        String answer,
        int firing,
        int resolved) {

    static Attempt of(Message message, Instant at, boolean delivered, int tries, String answer) {
        return new Attempt(
                message.key(),
                message.slot(),
                message.receiver(),
                message.reason(),
                at,
                delivered,
                tries,
                answer,
                message.firing().size(),
                message.resolved().size());
    }
}
