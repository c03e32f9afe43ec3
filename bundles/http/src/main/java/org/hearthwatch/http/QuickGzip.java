package org.hearthwatch.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Compresses at the quickest level: answers are made once and read once, and the better levels take several times as long. */
final class QuickGzip extends GZIPOutputStream {

    private static final int BUFFER = 16 * 1024;

    QuickGzip(OutputStream out) throws IOException {
        super(out, BUFFER);
        def.setLevel(Deflater.BEST_SPEED);
    }
}
