package org.hearthwatch.collector.host.systemd;

import java.io.IOException;
import java.nio.ByteOrder;

/**
 * An answer to a call.
 *
 * @param error the error's name, empty if the call succeeded
 * @param signature of the body
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record DBusReply(String error, String signature, byte[] body, ByteOrder order) {

    /** The body's values. */
    DBusReader values() {
        return new DBusReader(body, order);
    }

    /**
     * The values of a body of this type.
     *
     * @throws IOException if the call failed or answered with another type
     */
    DBusReader values(String expected) throws IOException {
        if (!error.isEmpty()) {
            throw new IOException("systemd refused: " + error);
        }
        if (!signature.equals(expected)) {
            throw new IOException("systemd answered with " + signature + " instead of " + expected);
        }
        return values();
    }

    /** The string in the variant that is the answer of a property; empty if there is none. */
    String stringProperty() throws IOException {
        if (!error.isEmpty()) {
            return "";
        }
        DBusReader values = values("v");
        return values.signature().equals("s") ? values.string() : "";
    }

    /** The number in the variant that is the answer of a property; NaN if there is none. */
    double numberProperty() throws IOException {
        if (!error.isEmpty()) {
            return Double.NaN;
        }
        DBusReader values = values("v");
        return switch (values.signature()) {
            case "u" -> values.uint32();
            case "t" -> {
                long value = values.uint64();
                // systemd writes "no limit" or "not known" as the largest number.
                yield value == -1 ? Double.NaN : value;
            }
            default -> Double.NaN;
        };
    }
}
