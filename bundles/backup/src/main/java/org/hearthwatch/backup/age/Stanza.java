package org.hearthwatch.backup.age;

import java.util.List;

/** One way to a file's key: its kind, arguments, and a body. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Stanza(List<String> words, byte[] body) {

    Stanza {
        words = List.copyOf(words);
    }

    String kind() {
        return words.get(0);
    }
}
