package org.hearthwatch.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.hearthwatch.api.web.HttpProblem;

/**
 * Reads the path of a request in the one way there is. What two readers might read differently (empty and dot segments,
 * encoded separators, path parameters, bad UTF-8) is refused rather than normalised: CVE-2026-27880 and its like begin there.
 */
final class RequestPath {

    private RequestPath() {}

    /**
     * The decoded segments of a raw path; the root has one empty segment, and so has a path that ends in a slash at its end.
     *
     * @throws HttpProblem 400 if the path is not plain
     */
    static List<String> segments(String raw) throws HttpProblem {
        if (!raw.startsWith("/")) {
            throw refused();
        }
        String[] parts = raw.substring(1).split("/", -1);
        List<String> segments = new ArrayList<>(parts.length);
        for (int i = 0; i < parts.length; i++) {
            String segment = decode(parts[i]);
            boolean last = i == parts.length - 1;
            if ((segment.isEmpty() && !last) || segment.equals(".") || segment.equals("..")) {
                throw refused();
            }
            segments.add(segment);
        }
        return segments;
    }

    private static String decode(String segment) throws HttpProblem {
        var bytes = ByteBuffer.allocate(segment.length());
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c == '%') {
                int high = i + 2 < segment.length() ? Character.digit(segment.charAt(i + 1), 16) : -1;
                int low = high < 0 ? -1 : Character.digit(segment.charAt(i + 2), 16);
                if (low < 0) {
                    throw refused();
                }
                bytes.put((byte) (high << 4 | low));
                i += 2;
            } else if (c <= ' ' || c >= 0x7f || c == ';' || c == '\\') {
                throw refused();
            } else {
                bytes.put((byte) c);
            }
        }
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '/' || c == '\\' || Character.isISOControl(c)) {
                    throw refused();
                }
            }
            return text;
        } catch (CharacterCodingException e) {
            throw refused();
        }
    }

    private static HttpProblem refused() {
        return new HttpProblem(400, "The address is not written plainly.");
    }
}
