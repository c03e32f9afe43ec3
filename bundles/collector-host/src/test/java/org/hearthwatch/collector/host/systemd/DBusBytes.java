package org.hearthwatch.collector.host.systemd;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Marshals D-Bus values little-endian, for the other end of the conversation. */
final class DBusBytes {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    DBusBytes align(int boundary) {
        while (bytes.size() % boundary != 0) {
            bytes.write(0);
        }
        return this;
    }

    DBusBytes uint8(int value) {
        bytes.write(value);
        return this;
    }

    DBusBytes uint32(long value) {
        align(4);
        for (int shift = 0; shift < 32; shift += 8) {
            bytes.write((int) (value >>> shift));
        }
        return this;
    }

    DBusBytes uint64(long value) {
        align(8);
        for (int shift = 0; shift < 64; shift += 8) {
            bytes.write((int) (value >>> shift));
        }
        return this;
    }

    DBusBytes string(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        uint32(utf8.length);
        return raw(utf8).uint8(0);
    }

    DBusBytes signature(String text) {
        return uint8(text.length())
                .raw(text.getBytes(StandardCharsets.US_ASCII))
                .uint8(0);
    }

    DBusBytes raw(byte[] more) {
        bytes.writeBytes(more);
        return this;
    }

    int size() {
        return bytes.size();
    }

    byte[] toByteArray() {
        return bytes.toByteArray();
    }

    /** A message with these header fields, already marshalled, and this body. */
    static byte[] message(int type, int serial, DBusBytes fields, byte[] body) {
        return new DBusBytes()
                .uint8('l')
                .uint8(type)
                .uint8(1)
                .uint8(1)
                .uint32(body.length)
                .uint32(serial)
                .uint32(fields.size())
                .raw(fields.toByteArray())
                .align(8)
                .raw(body)
                .toByteArray();
    }

    /** An answer to a call; to nobody in particular if the destination is empty. */
    static byte[] reply(int serial, int replyTo, String destination, String signature, byte[] body) {
        var fields = new DBusBytes().uint8(5).signature("u").uint32(replyTo);
        if (!destination.isEmpty()) {
            fields.align(8).uint8(6).signature("s").string(destination);
        }
        if (!signature.isEmpty()) {
            fields.align(8).uint8(8).signature("g").signature(signature);
        }
        return message(2, serial, fields, body);
    }

    /** A refusal of a call. */
    static byte[] error(int serial, int replyTo, String destination, String name) {
        var fields = new DBusBytes().uint8(5).signature("u").uint32(replyTo);
        fields.align(8).uint8(4).signature("s").string(name);
        if (!destination.isEmpty()) {
            fields.align(8).uint8(6).signature("s").string(destination);
        }
        return message(3, serial, fields, new byte[0]);
    }
}
