package org.hearthwatch.plugin;

/** Whether a file may run. */
sealed interface Standing {

    /** It may: a trusted key signed it, or a person approved it. */
    record LetIn(Approval approval) implements Standing {}

    /** Not yet; a person may approve it. The reason is a sentence. */
    record Waits(String reason) implements Standing {}

    /** Not, and nobody can approve it as things are. */
    record Barred(String reason) implements Standing {}
}
