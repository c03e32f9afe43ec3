package org.hearthwatch.api.store;

import org.osgi.annotation.versioning.ProviderType;

/** Takes samples in. Thread-safe. */
@ProviderType
public interface SampleWriter {

    /**
     * Appends a batch. What is accepted is visible to queries when this returns, and survives a crash once
     * {@link Receipt#durable()} completes: only then may it be acknowledged to whoever sent it.
     *
     * <p>A sample with the time and value of one already stored is accepted and changes nothing. Refused one by one, and
     * counted in the receipt: another value for a time already stored, a time too old for the out-of-order window or too
     * far in the future, a series over a limit.
     *
     * @throws StoreUnavailableException if nothing can be taken now (read-only, closing, queue full); nothing was taken
     */
    Receipt append(SampleBatch batch) throws StoreUnavailableException;

    /**
     * Says that somebody waits for what was appended: it is brought to disk at once, without gathering more. What comes
     * meanwhile goes together with the next write, so that many who wait cost no more than a few.
     */
    default void hurry() {}
}
