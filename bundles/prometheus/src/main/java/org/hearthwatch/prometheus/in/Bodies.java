package org.hearthwatch.prometheus.in;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.prometheus.wire.WireException;

/** Reads a push's body: memory is reserved before it is used. */
public final class Bodies {

    private static final int GZIP_BUFFER = 8192;

    private Bodies() {}

    /** The body as it was sent. */
    public static byte[] read(Exchange exchange, Intake.Place place, PushLimits limits)
            throws IOException, HttpProblem, LaterException {
        place.reserve(announced(exchange, limits.bodyBytes()));
        try (InputStream body = exchange.encodedBody(limits.bodyBytes())) {
            return body.readAllBytes();
        }
    }

    /**
     * The body, unpacked if it was sent packed with gzip.
     *
     * @throws HttpProblem 415 if it was packed otherwise
     */
    public static byte[] unpacked(Exchange exchange, Intake.Place place, PushLimits limits)
            throws IOException, HttpProblem, LaterException, WireException {
        String encoding = exchange.header("Content-Encoding").orElse("identity").toLowerCase(Locale.ROOT);
        byte[] body = read(exchange, place, limits);
        if (encoding.equals("identity") || encoding.isEmpty()) {
            return body;
        }
        if (!encoding.equals("gzip")) {
            throw new HttpProblem(415, Printed.of(encoding) + " is not taken here; send gzip or no Content-Encoding.");
        }
        return gunzip(body, place, limits.unpackedBytes());
    }

    private static byte[] gunzip(byte[] body, Intake.Place place, long most)
            throws IOException, LaterException, WireException {
        var out = new Growing(place, most);
        try (var gzip = new GZIPInputStream(new java.io.ByteArrayInputStream(body), GZIP_BUFFER)) {
            while (out.fill(gzip)) {
                // The loop's condition reads.
            }
        } catch (java.io.EOFException e) {
            throw new WireException("gzip: unexpected end of the body");
        } catch (ZipException e) {
            throw new WireException("gzip: " + e.getMessage());
        }
        return out.toByteArray();
    }

    private static long announced(Exchange exchange, long limit) {
        try {
            long length = Long.parseLong(exchange.header("Content-Length").orElse(""));
            return Math.max(0, Math.min(limit, length));
        } catch (NumberFormatException e) {
            return limit;
        }
    }

    /** What was unpacked so far, in an array that doubles. */
    private static final class Growing {

        private final Intake.Place place;
        private final long most;
        private byte[] bytes = new byte[64 * 1024];
        private int size;

        Growing(Intake.Place place, long most) {
            this.place = place;
            this.most = most;
        }

        boolean fill(InputStream in) throws IOException, LaterException, WireException {
            if (size == bytes.length) {
                // No further than the limit: what is over it is refused, not asked to come again.
                int larger = (int) Math.min(2L * bytes.length, most + 1);
                place.reserve(larger - bytes.length);
                bytes = java.util.Arrays.copyOf(bytes, larger);
            }
            int read = in.read(bytes, size, bytes.length - size);
            size += Math.max(0, read);
            if (size > most) {
                throw new WireException("gzip: decoded body is too large, " + most + " bytes are allowed");
            }
            return read >= 0;
        }

        byte[] toByteArray() {
            return java.util.Arrays.copyOf(bytes, size);
        }
    }
}
