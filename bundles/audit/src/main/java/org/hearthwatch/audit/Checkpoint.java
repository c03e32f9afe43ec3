package org.hearthwatch.audit;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a checkpoint says, in the form of C2SP's tlog-checkpoint: the log's name, its size, the root of its Merkle tree,
 * and, as extension lines, the SHA-256 of its last line and when the checkpoint was made.
 */
record Checkpoint(String origin, long size, String root, String head, String time) {

    private static final Pattern FORM = Pattern.compile(
            "([^\\n]+)\\n(\\d{1,18})\\n([A-Za-z0-9+/]{43}=)\\nhead ([0-9a-f]{64})\\ntime ([0-9TZ:.-]{20,30})\\n");

    static Checkpoint of(String origin, MerkleTree tree, String head, String time) {
        return new Checkpoint(origin, tree.size(), root(tree), head, time);
    }

    static Optional<Checkpoint> parse(String text) {
        var match = FORM.matcher(text);
        return match.matches()
                ? Optional.of(new Checkpoint(
                        match.group(1), Long.parseLong(match.group(2)), match.group(3), match.group(4), match.group(5)))
                : Optional.empty();
    }

    /** Whether it speaks of this tree. */
    boolean holds(MerkleTree tree, String hashOfLast) {
        return size == tree.size() && root.equals(root(tree)) && head.equals(hashOfLast);
    }

    String text() {
        return origin + "\n" + size + "\n" + root + "\nhead " + head + "\ntime " + time + "\n";
    }

    private static String root(MerkleTree tree) {
        return Base64.getEncoder().encodeToString(tree.root());
    }
}
