package org.hearthwatch.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Where a log stands at the end of a file: what is needed to go on without reading that file and those before. It proves
 * nothing; a verification reads the files themselves and compares.
 *
 * @param size how many entries there are
 * @param head the hash of the last one's line
 * @param subtrees of the Merkle tree, the largest first, in hexadecimal
 * @param anchors the greatest number that was noted under each name
 */
record SegmentEnd(long size, String head, List<String> subtrees, Map<String, Long> anchors) {

    /** Before the first entry. */
    static final SegmentEnd START = new SegmentEnd(0, Chain.START, List.of(), Map.of());

    private static final String TITLE = "hearthwatch audit end v1";
    private static final int MOST_BYTES = 64 << 10;
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    SegmentEnd {
        subtrees = List.copyOf(subtrees);
        anchors = Map.copyOf(anchors);
    }

    static SegmentEnd of(Chain chain, Anchors anchors) {
        return new SegmentEnd(chain.size(), chain.head(), chain.tree().subtrees(), anchors.all());
    }

    Chain chain(Optional<EvolvingKey> key) {
        return new Chain(key, MerkleTree.of(size, subtrees), head);
    }

    /** @throws IOException if the file is not there or not as {@link #text} writes it */
    static SegmentEnd read(Path file) throws IOException {
        List<String> lines;
        try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            lines = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
        try {
            if (!lines.get(0).equals(TITLE) || !NUMBER.matcher(lines.get(1)).matches()) {
                throw new IllegalArgumentException("it does not begin with the number of entries");
            }
            long size = Long.parseLong(lines.get(1));
            int trees = Long.bitCount(size);
            Map<String, Long> anchors = new TreeMap<>();
            for (String line : lines.subList(3 + trees, lines.size())) {
                int blank = line.indexOf(' ');
                if (blank < 1 || !NUMBER.matcher(line.substring(0, blank)).matches()) {
                    throw new IllegalArgumentException("a line of it is no anchor");
                }
                anchors.put(line.substring(blank + 1), Long.parseLong(line.substring(0, blank)));
            }
            var end = new SegmentEnd(size, lines.get(2), lines.subList(3, 3 + trees), anchors);
            if (!HASH.matcher(end.head()).matches()
                    || !end.subtrees().stream().allMatch(hash -> HASH.matcher(hash).matches())) {
                throw new IllegalArgumentException("a hash of it is none");
            }
            return end;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException(file + " is damaged: " + e.getMessage(), e);
        }
    }

    /** As it stands in a file. */
    String text() {
        var text = new StringBuilder(TITLE).append('\n').append(size).append('\n').append(head).append('\n');
        subtrees.forEach(hash -> text.append(hash).append('\n'));
        new TreeMap<>(anchors)
                .forEach((name, value) -> text.append(value).append(' ').append(name).append('\n'));
        return text.toString();
    }
}
