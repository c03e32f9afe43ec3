package org.hearthwatch.alert.held;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import org.hearthwatch.api.metric.Labels;

/**
 * An alert as it is known here.
 *
 * @param endsAt when it ended, or when it ends if it is not heard of again
 * @param generatorUrl where it comes from; may be empty
 * @param updatedAt when it was heard of last
 * @param timeout whether its end was not told but comes of the resolve timeout
 */
public record HeldAlert(
        Labels labels,
        Map<String, String> annotations,
        Instant startsAt,
        Instant endsAt,
        String generatorUrl,
        Instant updatedAt,
        boolean timeout) {

    /** The order of alerts in a message: by job, then by instance, then by all labels; what lacks one comes after. */
    public static final Comparator<HeldAlert> ORDER = Comparator.<HeldAlert, Integer>comparing(
                    alert -> alert.labels().has("job") ? 0 : 1)
            .thenComparing(alert -> alert.labels().get("job"))
            .thenComparing(alert -> alert.labels().has("instance") ? 0 : 1)
            .thenComparing(alert -> alert.labels().get("instance"))
            .thenComparing(HeldAlert::labels);

    public HeldAlert {
        annotations = Map.copyOf(annotations);
    }

    public long fingerprint() {
        return Fingerprint.of(labels);
    }

    /** The alert's name; may be empty. */
    public String name() {
        return labels.get("alertname");
    }

    /** Whether it no longer fires at a moment. */
    public boolean isResolved(Instant at) {
        return !endsAt.isAfter(at);
    }

    /** The same with other texts. */
    public HeldAlert with(Map<String, String> texts) {
        return new HeldAlert(labels, texts, startsAt, endsAt, generatorUrl, updatedAt, timeout);
    }

    /** What is known after news of the same alert: the earliest start, the latest end, the newest texts. */
    public HeldAlert merge(HeldAlert other, Instant now) {
        if (other.updatedAt.isBefore(updatedAt)) {
            return other.merge(this, now);
        }
        Instant starts = startsAt.isBefore(other.startsAt) ? startsAt : other.startsAt;
        Instant ends = other.endsAt;
        boolean later = endsAt.isAfter(other.endsAt);
        boolean mine = other.isResolved(now) ? isResolved(now) && later : later && !timeout;
        if (mine) {
            ends = endsAt;
        }
        return new HeldAlert(
                labels, other.annotations, starts, ends, other.generatorUrl, other.updatedAt, other.timeout);
    }

    /** Whether the times of two overlap, so that they are one. */
    public boolean overlaps(HeldAlert older) {
        return (endsAt.isAfter(older.startsAt) && endsAt.isBefore(older.endsAt))
                || (startsAt.isAfter(older.startsAt) && startsAt.isBefore(older.endsAt));
    }
}
