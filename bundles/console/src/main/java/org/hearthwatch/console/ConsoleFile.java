package org.hearthwatch.console;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One file of the console, with what HTTP says about it. Thread-safe. */
final class ConsoleFile {

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "woff2", "font/woff2",
            "json", "application/json");

    private final byte[] content;
    private final String contentType;
    private final boolean lasting;

    /** Made when it is first asked for: digests of all files would keep a start waiting. Two threads make the same one. */
    private @Nullable String etag;

    private ConsoleFile(byte[] content, String contentType, boolean lasting) {
        this.content = content;
        this.contentType = contentType;
        this.lasting = lasting;
    }

    /** @param path relative to the console's root; what lies in {@code assets} has its digest in its name */
    static ConsoleFile of(String path, byte[] content) {
        String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
        if (type == null) {
            throw new IllegalArgumentException("No content type is known for " + path);
        }
        return new ConsoleFile(content, type, path.startsWith("assets/"));
    }

    /** Not to be changed. */
    byte[] content() {
        return content;
    }

    String contentType() {
        return contentType;
    }

    /** A strong validator (RFC 9110, section 8.8.3), quoted. */
    String etag() {
        String made = etag;
        if (made == null) {
            made = '"' + digest(content) + '"';
            etag = made;
        }
        return made;
    }

    /** A name that changes with the content need never be asked for again. */
    String cacheControl() {
        return lasting ? "public, max-age=31536000, immutable" : "no-cache";
    }

    private static String digest(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(hash, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
