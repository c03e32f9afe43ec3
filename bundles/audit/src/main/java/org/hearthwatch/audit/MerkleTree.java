package org.hearthwatch.audit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;

/**
 * The root of a Merkle tree over a growing list, after RFC 6962, section 2.1: a leaf is SHA-256(00, entry), a node
 * SHA-256(01, left, right). Only the roots of the full subtrees are kept. Not thread-safe.
 */
final class MerkleTree {

    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    /** Roots of full subtrees, the smallest first; the size's binary digits say which there are. */
    private final Deque<byte[]> subtrees = new ArrayDeque<>();

    private long size;

    /**
     * A tree over a list that is not at hand.
     *
     * @param subtrees as {@link #subtrees} gives them, one for each binary one of the size
     */
    static MerkleTree of(long size, List<String> subtrees) {
        var tree = new MerkleTree();
        tree.size = size;
        subtrees.forEach(hash -> tree.subtrees.push(HexFormat.of().parseHex(hash)));
        return tree;
    }

    /** The roots of its full subtrees, the largest first, in hexadecimal. */
    List<String> subtrees() {
        List<String> largestFirst = new ArrayList<>();
        subtrees.descendingIterator().forEachRemaining(hash -> largestFirst.add(HexFormat.of().formatHex(hash)));
        return largestFirst;
    }

    void add(byte[] entry) {
        byte[] hash = Hashes.sha256(LEAF, entry);
        for (long rest = size; (rest & 1) == 1; rest >>= 1) {
            hash = Hashes.sha256(NODE, subtrees.pop(), hash);
        }
        subtrees.push(hash);
        size++;
    }

    long size() {
        return size;
    }

    /** The hash of all so far. */
    byte[] root() {
        if (size == 0) {
            return Hashes.sha256();
        }
        Iterator<byte[]> smallestFirst = subtrees.iterator();
        byte[] root = smallestFirst.next();
        while (smallestFirst.hasNext()) {
            root = Hashes.sha256(NODE, smallestFirst.next(), root);
        }
        return root;
    }
}
