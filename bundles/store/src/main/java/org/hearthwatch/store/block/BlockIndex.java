package org.hearthwatch.store.block;

import java.util.Arrays;
import org.hearthwatch.store.codec.CorruptDataException;
import org.hearthwatch.store.codec.Input;
import org.hearthwatch.store.codec.LongCodec;
import org.hearthwatch.store.frame.Bytes;

/**
 * Which series a block has and where they stand. On disk:
 *
 * <pre>
 * C6, unsigned count of series, five columns of that many longs, each behind its unsigned length in bytes:
 *   numbers, growing; lengths of sections; first times; last times; counts of samples;
 * unsigned count of groups of labels, the column of their lengths behind its length, CRC
 * </pre>
 *
 * <p>Sections follow each other from the end of the header on. Immutable.
 */
final class BlockIndex {

    private final int[] refs;
    private final long[] offsets;
    private final long[] firsts;
    private final long[] lasts;
    private final long[] counts;
    private final long[] labelOffsets;

    private BlockIndex(long[][] columns, long[] labelLengths, Footer footer) {
        int size = columns[0].length;
        refs = new int[size];
        for (int i = 0; i < size; i++) {
            refs[i] = (int) columns[0][i];
        }
        offsets = sums(columns[1], Footer.HEADER_BYTES);
        firsts = columns[2];
        lasts = columns[3];
        counts = columns[4];
        labelOffsets = sums(labelLengths, footer.labelsOffset());
    }

    private static long[] sums(long[] lengths, long first) {
        var sums = new long[lengths.length + 1];
        sums[0] = first;
        for (int i = 0; i < lengths.length; i++) {
            sums[i + 1] = sums[i] + lengths[i];
        }
        return sums;
    }

    int size() {
        return refs.length;
    }

    int ref(int index) {
        return refs[index];
    }

    int indexOf(int ref) {
        return Arrays.binarySearch(refs, ref);
    }

    long offset(int index) {
        return offsets[index];
    }

    int length(int index) {
        return (int) (offsets[index + 1] - offsets[index]);
    }

    long first(int index) {
        return firsts[index];
    }

    long last(int index) {
        return lasts[index];
    }

    long count(int index) {
        return counts[index];
    }

    int labelGroups() {
        return labelOffsets.length - 1;
    }

    long labelOffset(int group) {
        return labelOffsets[group];
    }

    int labelLength(int group) {
        return (int) (labelOffsets[group + 1] - labelOffsets[group]);
    }

    /** Checks that an index is as it was written. */
    static void check(byte[] bytes, int length, Footer footer) throws CorruptDataException {
        var in = new Input(bytes, 0, length);
        in.skip(length - Part.CRC_BYTES);
        Part.check(bytes, 0, in, footer.indexOffset());
    }

    /** Reads an index that fits the footer. */
    static BlockIndex decode(byte[] bytes, int length, Footer footer) throws CorruptDataException {
        var in = new Input(bytes, 0, length);
        if (in.takeByte() != Part.INDEX) {
            throw new CorruptDataException("No index stands where the footer says");
        }
        var codec = new LongCodec();
        int size = in.takeCount(0, (int) Math.min(Integer.MAX_VALUE, footer.labelsOffset() / LEAST_SECTION));
        var columns = new long[COLUMNS][];
        for (int i = 0; i < COLUMNS; i++) {
            columns[i] = column(in, size, codec);
        }
        long[] labelLengths = column(in, in.takeCount(0, LabelGroup.groups(size)), codec);
        Part.check(bytes, 0, in, footer.indexOffset());
        in.expectEnd();
        var index = new BlockIndex(columns, labelLengths, footer);
        index.check(columns, labelLengths, footer);
        return index;
    }

    private static final int COLUMNS = 5;

    /** A section takes at least so many bytes, which bounds what an index can make us hold. */
    private static final int LEAST_SECTION = 10;

    private static long[] column(Input in, int size, LongCodec codec) throws CorruptDataException {
        int length = in.takeCount(0, in.remaining());
        Input body = in.takeInput(length);
        var column = new long[size];
        codec.decode(body, size, column);
        body.expectEnd();
        return column;
    }

    private void check(long[][] columns, long[] labelLengths, Footer footer) throws CorruptDataException {
        long samples = 0;
        long from = Long.MAX_VALUE;
        long to = Long.MIN_VALUE;
        for (int i = 0; i < refs.length; i++) {
            boolean right = columns[0][i] == refs[i]
                    && (i == 0 || refs[i] > refs[i - 1])
                    && isLength(columns[1][i])
                    && counts[i] > 0
                    && firsts[i] <= lasts[i];
            if (!right) {
                throw new CorruptDataException("The index's place " + i + " is impossible");
            }
            samples += counts[i];
            from = Math.min(from, firsts[i]);
            to = Math.max(to, lasts[i]);
        }
        for (long length : labelLengths) {
            if (!isLength(length)) {
                throw new CorruptDataException("A group of labels is impossible");
            }
        }
        boolean fits = refs.length == footer.series()
                && samples == footer.samples()
                && from == footer.from()
                && to == footer.to()
                && offsets[refs.length] == footer.labelsOffset()
                && labelOffsets[labelLengths.length] == footer.indexOffset()
                && (labelLengths.length == 0 || labelLengths.length == LabelGroup.groups(refs.length));
        if (!fits) {
            throw new CorruptDataException("The index does not fit the footer");
        }
    }

    private static boolean isLength(long length) {
        return length > 0 && length <= Integer.MAX_VALUE - Long.BYTES;
    }

    /** Gathers an index. */
    static final class Builder {

        private long[][] columns = new long[COLUMNS][1024];
        private long[] labelLengths = new long[16];
        private int size;
        private int groups;
        private long samples;
        private long from = Long.MAX_VALUE;
        private long to = Long.MIN_VALUE;

        int size() {
            return size;
        }

        /** Whether a series of this number may come next. */
        boolean isNext(int ref) {
            return size == 0 || ref > columns[0][size - 1];
        }

        void add(int ref, long length, long first, long last, long count) {
            if (size == columns[0].length) {
                for (int i = 0; i < COLUMNS; i++) {
                    columns[i] = Arrays.copyOf(columns[i], 2 * size);
                }
            }
            columns[0][size] = ref;
            columns[1][size] = length;
            columns[2][size] = first;
            columns[3][size] = last;
            columns[4][size] = count;
            size++;
            samples += count;
            from = Math.min(from, first);
            to = Math.max(to, last);
        }

        void addLabels(long length) {
            if (groups == labelLengths.length) {
                labelLengths = Arrays.copyOf(labelLengths, 2 * groups);
            }
            labelLengths[groups++] = length;
        }

        void write(Bytes into, Bytes column, long offset) {
            var codec = new LongCodec();
            int begun = into.size();
            into.putByte(Part.INDEX);
            into.putUnsigned(size);
            for (long[] each : columns) {
                write(each, size, codec, column, into);
            }
            into.putUnsigned(groups);
            write(labelLengths, groups, codec, column, into);
            Part.end(into, begun, offset);
        }

        private static void write(long[] column, int size, LongCodec codec, Bytes encoded, Bytes into) {
            encoded.clear();
            codec.encode(column, 0, size, encoded);
            into.putUnsigned(encoded.size());
            into.putBytes(encoded);
        }

        Footer footer(long labelsOffset, long indexOffset, long indexLength, int level, long resolution) {
            return new Footer(
                    indexOffset,
                    indexLength,
                    labelsOffset,
                    indexOffset - labelsOffset,
                    from,
                    to,
                    samples,
                    size,
                    level,
                    resolution,
                    indexOffset + indexLength + Footer.BYTES);
        }
    }
}
