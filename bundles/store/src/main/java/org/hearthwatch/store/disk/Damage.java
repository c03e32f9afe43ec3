package org.hearthwatch.store.disk;

/**
 * Something that was on disk and could not be read.
 *
 * @param message what, where, which time was lost, and where the copy is; for people
 * @param torn whether it is the end of what was being written when the machine or process stopped, which nobody was
 *     told was stored
 */
public record Damage(String message, boolean torn) {}
