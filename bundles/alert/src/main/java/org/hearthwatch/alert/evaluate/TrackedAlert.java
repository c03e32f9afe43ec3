package org.hearthwatch.alert.evaluate;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.alert.ActiveAlert;
import org.hearthwatch.api.alert.AlertState;
import org.hearthwatch.api.metric.Labels;

/**
 * An alert over its life: pending, firing, resolved and for a while remembered. Immutable.
 *
 * @param activeAt since when the condition holds
 * @param firedAt when it began to fire
 * @param resolvedAt when it ended
 * @param keepFiringSince since when it fires without its condition
 * @param sentAt when it was last told
 */
record TrackedAlert(
        Labels labels,
        Map<String, String> annotations,
        AlertState state,
        double value,
        Instant activeAt,
        Optional<Instant> firedAt,
        Optional<Instant> resolvedAt,
        Optional<Instant> keepFiringSince,
        Optional<Instant> sentAt) {

    static TrackedAlert pending(Labels labels, Map<String, String> annotations, double value, Instant at) {
        return new TrackedAlert(
                labels,
                annotations,
                AlertState.PENDING,
                value,
                at,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    TrackedAlert seenAgain(TrackedAlert now) {
        return new TrackedAlert(
                labels, now.annotations, state, now.value, activeAt, firedAt, resolvedAt, Optional.empty(), sentAt);
    }

    TrackedAlert fired(Instant at) {
        return new TrackedAlert(
                labels,
                annotations,
                AlertState.FIRING,
                value,
                activeAt,
                Optional.of(at),
                resolvedAt,
                keepFiringSince,
                sentAt);
    }

    TrackedAlert kept(Instant since) {
        return new TrackedAlert(
                labels, annotations, state, value, activeAt, firedAt, resolvedAt, Optional.of(since), sentAt);
    }

    TrackedAlert resolved(Instant at) {
        return new TrackedAlert(
                labels,
                annotations,
                AlertState.INACTIVE,
                value,
                activeAt,
                firedAt,
                Optional.of(at),
                keepFiringSince,
                sentAt);
    }

    TrackedAlert sent(Instant at) {
        return new TrackedAlert(
                labels, annotations, state, value, activeAt, firedAt, resolvedAt, keepFiringSince, Optional.of(at));
    }

    TrackedAlert activeSince(Instant since) {
        return new TrackedAlert(labels, annotations, state, value, since, firedAt, resolvedAt, keepFiringSince, sentAt);
    }

    boolean isActive() {
        return state != AlertState.INACTIVE;
    }

    /** Whether it is time to tell of it: it fires or has ended, and that was not told lately. */
    boolean needsSending(Instant at, Duration resendDelay) {
        if (state == AlertState.PENDING) {
            return false;
        }
        Instant last = sentAt.orElse(Instant.MIN);
        return sentAt.isEmpty()
                || resolvedAt.filter(ended -> ended.isAfter(last)).isPresent()
                || last.plus(resendDelay).isBefore(at);
    }

    ActiveAlert shown() {
        return new ActiveAlert(labels, annotations, state, activeAt, keepFiringSince, value);
    }
}
