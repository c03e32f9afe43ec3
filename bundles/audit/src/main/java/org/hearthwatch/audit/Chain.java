package org.hearthwatch.audit;

import java.io.IOException;
import java.util.Optional;

/**
 * Follows the lines of a log from its first: numbers without gaps, each line naming the hash of the one before, and, from
 * where its key is known, each made with its key. Not thread-safe.
 */
final class Chain {

    /** What the first line names as the line before. */
    static final String START = java.util.HexFormat.of().formatHex(Hashes.sha256());

    private final MerkleTree tree;
    private final Optional<EvolvingKey> key;
    private String head;

    /** @param key of the entry from which on keys are checked; empty checks none */
    Chain(Optional<EvolvingKey> key) {
        this(key, new MerkleTree(), START);
    }

    /** A chain that goes on where another stood. */
    Chain(Optional<EvolvingKey> key, MerkleTree tree, String head) {
        this.key = key;
        this.tree = tree;
        this.head = head;
    }

    /**
     * Takes the next line.
     *
     * @throws BrokenChainException if it does not belong there; the chain stays as it was
     */
    Line follow(byte[] bytes) throws BrokenChainException {
        Line line;
        try {
            line = Line.parse(bytes);
        } catch (IOException e) {
            throw new BrokenChainException("entry " + size() + " was changed: " + e.getMessage());
        }
        if (line.entry().sequence() != size()) {
            throw new BrokenChainException("after entry " + (size() - 1) + " comes entry "
                    + line.entry().sequence() + ": entries were removed, added or moved");
        }
        if (!line.prev().equals(head)) {
            throw new BrokenChainException(
                    "entry " + size() + " does not follow the one before it: one of the two was changed");
        }
        if (key.isPresent() && key.get().sequence() == size()) {
            if (!line.madeWith(key.get().bytes())) {
                throw new BrokenChainException("entry " + size() + " was written later than it says, without its key");
            }
            key.get().evolve();
        }
        tree.add(bytes);
        head = line.hash();
        return line;
    }

    /** Takes a line this program has just made. */
    void add(Line line) {
        tree.add(line.bytes());
        head = line.hash();
    }

    long size() {
        return tree.size();
    }

    /** The hash of the last line. */
    String head() {
        return head;
    }

    MerkleTree tree() {
        return tree;
    }
}
