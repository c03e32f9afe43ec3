package org.hearthwatch.plugin.trust;

/**
 * What a signature of a plugin's file says: this very file, whole, is a plugin.
 *
 * @param sha256 of all its bytes, in lower-case hexadecimal
 */
public record FileClaim(long size, String sha256) {

    /** What the name of a file's signature has beyond the file's. */
    public static final String SUFFIX = ".sig";

    /** The text that is signed. */
    public String text() {
        return "hearthwatch plugin v1\nsize " + size + "\nsha256 " + sha256 + "\n";
    }
}
