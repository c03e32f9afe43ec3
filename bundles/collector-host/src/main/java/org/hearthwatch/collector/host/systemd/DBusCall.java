package org.hearthwatch.collector.host.systemd;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A method call to be sent, marshalled little-endian. All arguments are strings, which is all that systemd is asked with.
 */
record DBusCall(String destination, String path, String interfaceName, String member, List<String> arguments) {

    private static final int METHOD_CALL = 1;
    /** NO_AUTO_START: a bus without systemd shall not begin to look for one. */
    private static final int FLAGS = 2;

    private static final int PATH = 1;
    private static final int INTERFACE = 2;
    private static final int MEMBER = 3;
    private static final int DESTINATION = 6;
    private static final int SIGNATURE = 8;

    /** The call of {@code org.freedesktop.DBus.Properties.Get}. */
    static DBusCall property(String destination, String path, String ofInterface, String name) {
        return new DBusCall(destination, path, "org.freedesktop.DBus.Properties", "Get", List.of(ofInterface, name));
    }

    /** The message. */
    byte[] bytes(int serial) {
        var body = new Writer();
        arguments.forEach(body::string);
        var fields = new Writer();
        fields.field(PATH, "o", path);
        fields.field(INTERFACE, "s", interfaceName);
        fields.field(MEMBER, "s", member);
        fields.field(DESTINATION, "s", destination);
        if (!arguments.isEmpty()) {
            fields.signatureField("s".repeat(arguments.size()));
        }
        var message = new Writer();
        message.bytes.write('l');
        message.bytes.write(METHOD_CALL);
        message.bytes.write(FLAGS);
        message.bytes.write(1);
        message.uint32(body.bytes.size());
        message.uint32(serial);
        // The fields begin at 16, a boundary of eight as their own buffer does, so that they are aligned in both.
        message.uint32(fields.bytes.size());
        message.bytes.writeBytes(fields.bytes.toByteArray());
        message.align(8);
        message.bytes.writeBytes(body.bytes.toByteArray());
        return message.bytes.toByteArray();
    }

    private static final class Writer {

        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        void align(int boundary) {
            while (bytes.size() % boundary != 0) {
                bytes.write(0);
            }
        }

        void uint32(int value) {
            align(4);
            for (int shift = 0; shift < 32; shift += 8) {
                bytes.write(value >>> shift);
            }
        }

        void string(String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            uint32(utf8.length);
            bytes.writeBytes(utf8);
            bytes.write(0);
        }

        void signature(String signature) {
            bytes.write(signature.length());
            bytes.writeBytes(signature.getBytes(StandardCharsets.US_ASCII));
            bytes.write(0);
        }

        void field(int code, String type, String value) {
            align(8);
            bytes.write(code);
            signature(type);
            string(value);
        }

        void signatureField(String signature) {
            align(8);
            bytes.write(SIGNATURE);
            signature("g");
            signature(signature);
        }
    }
}
