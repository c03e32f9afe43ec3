package org.hearthwatch.plugin.trust;

/** What looking at a signature gave. */
public sealed interface Verdict {

    /** It is right, and its key may let plugins in. */
    record Valid(String signer, String fingerprint) implements Verdict {}

    /** It counts for nothing; the reason is a sentence for people. */
    record Void(String reason) implements Verdict {}
}
