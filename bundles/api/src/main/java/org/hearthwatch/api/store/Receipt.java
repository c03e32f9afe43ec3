package org.hearthwatch.api.store;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.hearthwatch.api.metric.Labels;

/**
 * What became of a batch.
 *
 * @param accepted samples taken, duplicates among them
 * @param refused how many were not
 * @param refusals the first few of those, with the reason
 * @param durable completes when the accepted samples are on disk; exceptionally, with a
 *     {@link StoreUnavailableException}, when they could not be put there
 */
public record Receipt(int accepted, int refused, List<Refusal> refusals, CompletionStage<Void> durable) {

    public Receipt {
        refusals = List.copyOf(refusals);
    }

    /** One sample that was not taken. */
    public record Refusal(Labels series, long timestamp, Reason reason) {}

    /** Why a sample was not taken. */
    public enum Reason {
        /** Another value is stored for this time. */
        CONFLICT,
        /** Older than the out-of-order window allows. */
        TOO_OLD,
        /** Further in the future than allowed. */
        TOO_NEW,
        /** The series is new and a limit on series is reached. */
        TOO_MANY_SERIES,
        /** The labels are empty, nameless or longer than allowed. */
        BAD_LABELS
    }
}
