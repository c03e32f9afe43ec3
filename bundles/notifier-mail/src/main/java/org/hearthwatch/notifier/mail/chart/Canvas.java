package org.hearthwatch.notifier.mail.chart;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** A picture of coloured dots, and its PNG (RFC 2083). Not thread-safe. */
final class Canvas {

    private static final byte[] MAGIC = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int WHITE = 0xffffff;

    private final int width;
    private final int height;
    private final int[] dots;

    Canvas(int width, int height) {
        this.width = width;
        this.height = height;
        dots = new int[width * height];
        Arrays.fill(dots, WHITE);
    }

    /** Colours a dot as 0xRRGGBB; beyond the edge there is nothing to colour. */
    void dot(int x, int y, int colour) {
        if (x >= 0 && x < width && y >= 0 && y < height) {
            dots[y * width + x] = colour;
        }
    }

    /** A straight line by Bresenham's algorithm. */
    void line(int fromX, int fromY, int toX, int toY, int colour) {
        int x = fromX;
        int y = fromY;
        int dx = Math.abs(toX - x);
        int dy = -Math.abs(toY - y);
        int error = dx + dy;
        while (true) {
            dot(x, y, colour);
            if (x == toX && y == toY) {
                return;
            }
            int twice = 2 * error;
            if (twice >= dy) {
                error += dy;
                x += x < toX ? 1 : -1;
            }
            if (twice <= dx) {
                error += dx;
                y += y < toY ? 1 : -1;
            }
        }
    }

    byte[] png() {
        try {
            var out = new ByteArrayOutputStream();
            var data = new DataOutputStream(out);
            data.write(MAGIC);
            var head = new ByteArrayOutputStream();
            var fields = new DataOutputStream(head);
            fields.writeInt(width);
            fields.writeInt(height);
            // Eight bits each of red, green and blue; the usual compression and filters, not interlaced.
            fields.write(new byte[] {8, 2, 0, 0, 0});
            chunk(data, "IHDR", head.toByteArray());
            chunk(data, "IDAT", packed());
            chunk(data, "IEND", new byte[0]);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] packed() throws IOException {
        var out = new ByteArrayOutputStream();
        var deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try (var packing = new DeflaterOutputStream(out, deflater)) {
            for (int y = 0; y < height; y++) {
                packing.write(0);
                for (int x = 0; x < width; x++) {
                    int dot = dots[y * width + x];
                    packing.write(dot >> 16);
                    packing.write(dot >> 8);
                    packing.write(dot);
                }
            }
        } finally {
            deflater.end();
        }
        return out.toByteArray();
    }

    private static void chunk(DataOutputStream out, String type, byte[] data) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        var sum = new CRC32();
        sum.update(name);
        sum.update(data);
        out.writeInt(data.length);
        out.write(name);
        out.write(data);
        out.writeInt((int) sum.getValue());
    }
}
