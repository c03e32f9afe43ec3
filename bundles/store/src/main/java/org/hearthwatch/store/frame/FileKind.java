package org.hearthwatch.store.frame;

/** What a file of frames holds: the first four bytes of it say so. */
public enum FileKind {
    LOG(0x48574c47, "log segment"),
    CATALOGUE(0x48574354, "series catalogue"),
    MANIFEST(0x48574d46, "list of blocks"),
    CHECKPOINT(0x48574350, "checkpoint of memory");

    private final int magic;
    private final String words;

    FileKind(int magic, String words) {
        this.magic = magic;
        this.words = words;
    }

    int magic() {
        return magic;
    }

    /** For messages. */
    public String words() {
        return words;
    }
}
