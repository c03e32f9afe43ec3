package org.hearthwatch.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads a tar archive of regular files, and refuses whatever else may stand in one: links, devices, folders, extensions. */
final class TarReader {

    private final InputStream in;
    private long left;
    private int padding;

    TarReader(InputStream in) {
        this.in = in;
    }

    /** A file in the archive. */
    record Entry(String path, long size) {}

    /** The next file; empty at the archive's end, which is also that of the stream. */
    Optional<Entry> next() throws IOException {
        in.skipNBytes(left + padding);
        byte[] header = in.readNBytes(TarWriter.BLOCK);
        if (header.length < TarWriter.BLOCK) {
            throw new IOException("the archive ends within an entry");
        }
        if (isZero(header)) {
            end();
            return Optional.empty();
        }
        if (octal(header, 148, 8) != TarWriter.checksum(header)) {
            throw new IOException("an entry of the archive has a wrong checksum");
        }
        String name = text(header, 0, 100);
        String prefix = text(header, 345, 155);
        String path = prefix.isEmpty() ? name : prefix + "/" + name;
        if (header[156] != '0') {
            throw new IOException("the archive holds something that is no regular file: " + path);
        }
        left = octal(header, 124, 12);
        padding = (int) (-left & (TarWriter.BLOCK - 1));
        return Optional.of(new Entry(path, left));
    }

    /** The content of the entry; exhausted at its end. */
    InputStream content() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                if (left == 0) {
                    return -1;
                }
                int part = in.read(bytes, from, (int) Math.min(length, left));
                if (part < 0) {
                    throw new IOException("the archive ends within a file");
                }
                left -= part;
                return part;
            }
        };
    }

    private void end() throws IOException {
        byte[] second = in.readNBytes(TarWriter.BLOCK);
        if (second.length < TarWriter.BLOCK || !isZero(second) || in.read() >= 0) {
            throw new IOException("something stands behind the archive's end");
        }
    }

    private static boolean isZero(byte[] block) {
        int any = 0;
        for (byte each : block) {
            any |= each;
        }
        return any == 0;
    }

    private static String text(byte[] header, int at, int length) {
        int end = at;
        while (end < at + length && header[end] != 0) {
            end++;
        }
        return new String(header, at, end - at, StandardCharsets.UTF_8);
    }

    private static long octal(byte[] header, int at, int length) throws IOException {
        long value = 0;
        int digits = 0;
        for (int i = at; i < at + length; i++) {
            int digit = header[i] - '0';
            if (digit >= 0 && digit < 8) {
                value = (value << 3) | digit;
                digits++;
            } else if ((header[i] != 0 && header[i] != ' ') || digits == 0) {
                throw new IOException("an entry of the archive has a number that is none");
            }
        }
        return value;
    }
}
