package org.hearthwatch.backup;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Writes a tar archive (POSIX ustar) of regular files. Not thread-safe. */
final class TarWriter implements Closeable {

    static final int BLOCK = 512;
    static final long MOST_SIZE = (1L << 33) - 1;

    private final OutputStream out;

    TarWriter(OutputStream out) {
        this.out = out;
    }

    /** @throws IOException also if the content is not exactly as long as said */
    void file(String path, long size, long seconds, InputStream content) throws IOException {
        out.write(header(path, size, seconds));
        byte[] buffer = new byte[1 << 16];
        long left = size;
        while (left > 0) {
            int part = content.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (part < 0) {
                throw new IOException(path + " became shorter while it was read");
            }
            out.write(buffer, 0, part);
            left -= part;
        }
        if (content.read() >= 0) {
            throw new IOException(path + " became longer while it was read");
        }
        out.write(new byte[(int) (-size & (BLOCK - 1))]);
    }

    private static byte[] header(String path, long size, long seconds) throws IOException {
        byte[] header = new byte[BLOCK];
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        int split = 0;
        if (name.length > 100) {
            split = name.length - 101;
            while (split < name.length && name[split] != '/') {
                split++;
            }
            if (split > 155 || split >= name.length - 1) {
                throw new IOException(path + " is too long a name for an archive");
            }
            System.arraycopy(name, 0, header, 345, split);
            split++;
        }
        if (size > MOST_SIZE) {
            throw new IOException(path + " is larger than 8 GiB");
        }
        System.arraycopy(name, split, header, 0, name.length - split);
        octal(header, 100, 8, 0600);
        octal(header, 108, 8, 0);
        octal(header, 116, 8, 0);
        octal(header, 124, 12, size);
        octal(header, 136, 12, seconds);
        header[156] = '0';
        byte[] magic = "ustar\00000".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(magic, 0, header, 257, magic.length);
        octal(header, 148, 7, checksum(header));
        header[155] = ' ';
        return header;
    }

    /** The sum of all bytes, those of the sum itself counted as spaces. */
    static int checksum(byte[] header) {
        int sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
        }
        return sum;
    }

    private static void octal(byte[] header, int at, int length, long value) {
        String text = String.format(Locale.ROOT, "%0" + (length - 1) + "o", value);
        System.arraycopy(text.getBytes(StandardCharsets.US_ASCII), 0, header, at, text.length());
    }

    @Override
    public void close() throws IOException {
        out.write(new byte[2 * BLOCK]);
        out.close();
    }
}
