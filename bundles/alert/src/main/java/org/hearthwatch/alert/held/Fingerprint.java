package org.hearthwatch.alert.held;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.hearthwatch.api.metric.Labels;

/** The short name of an alert: 64 bits of FNV-1a over its labels, as Prometheus and Alertmanager make it. */
public final class Fingerprint {

    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;
    private static final byte SEPARATOR = (byte) 0xff;

    private Fingerprint() {}

    /** The 64 bits. */
    public static long of(Labels labels) {
        long[] hash = {OFFSET};
        labels.forEach((name, value) -> {
            hash[0] = add(hash[0], name);
            hash[0] = add(hash[0], value);
        });
        return hash[0];
    }

    private static long add(long hash, String text) {
        long sum = hash;
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            sum = (sum ^ (each & 0xff)) * PRIME;
        }
        return (sum ^ (SEPARATOR & 0xff)) * PRIME;
    }

    /** 16 hexadecimal digits. */
    public static String text(long fingerprint) {
        return HexFormat.of().toHexDigits(fingerprint);
    }

    /** 16 hexadecimal digits of labels. */
    public static String text(Labels labels) {
        return text(of(labels));
    }
}
