package org.hearthwatch.collector.host.systemd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads the values of a D-Bus message in their order, as the D-Bus specification marshals them. Every read checks its
 * bounds, so that a broken message ends in an {@link IOException}. Not thread-safe.
 */
final class DBusReader {

    private static final int DEEPEST = 32;

    private final ByteBuffer bytes;

    /** @param bytes from the start of the message or of its body, to which alignment refers */
    DBusReader(byte[] bytes, ByteOrder order) {
        this.bytes = ByteBuffer.wrap(bytes).order(order);
    }

    int position() {
        return bytes.position();
    }

    int remaining() {
        return bytes.remaining();
    }

    void align(int boundary) throws IOException {
        int to = (bytes.position() + boundary - 1) / boundary * boundary;
        if (to > bytes.limit()) {
            throw broken("it ends within padding");
        }
        bytes.position(to);
    }

    int uint8() throws IOException {
        need(1);
        return bytes.get() & 0xff;
    }

    long uint32() throws IOException {
        align(4);
        need(4);
        return bytes.getInt() & 0xffff_ffffL;
    }

    /** Up to 2<sup>63</sup> exactly; systemd's "infinity" is -1. */
    long uint64() throws IOException {
        align(8);
        need(8);
        return bytes.getLong();
    }

    String string() throws IOException {
        return text((int) Math.min(uint32(), Integer.MAX_VALUE));
    }

    String signature() throws IOException {
        return text(uint8());
    }

    private String text(int length) throws IOException {
        if (length >= bytes.remaining()) {
            throw broken("a text is longer than the message");
        }
        var text = new byte[length];
        bytes.get(text);
        bytes.get();
        return new String(text, StandardCharsets.UTF_8);
    }

    /** The length in bytes of an array whose elements are aligned so; the position is then at its first element. */
    int array(int elementAlignment) throws IOException {
        long length = uint32();
        align(elementAlignment);
        if (length > bytes.remaining()) {
            throw broken("an array is longer than the message");
        }
        return (int) length;
    }

    /** Skips one value of a type. */
    void skip(String signature) throws IOException {
        var types = new Types(signature);
        while (!types.atEnd()) {
            skip(types, 0);
        }
    }

    private void skip(Types types, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw broken("values are nested too deep");
        }
        char type = types.next();
        switch (type) {
            case 'y' -> uint8();
            case 'n', 'q' -> {
                align(2);
                need(2);
                bytes.getShort();
            }
            case 'b', 'i', 'u', 'h' -> uint32();
            case 'x', 't', 'd' -> uint64();
            case 's', 'o' -> string();
            case 'g' -> signature();
            case 'v' -> {
                var inner = new Types(signature());
                skip(inner, depth + 1);
            }
            case 'a' -> {
                int length = array(types.alignmentAhead());
                bytes.position(bytes.position() + length);
                types.skipOne(depth + 1);
            }
            case '(', '{' -> {
                align(8);
                while (!types.closes()) {
                    skip(types, depth + 1);
                }
            }
            default -> throw broken("the type '" + type + "' is unknown");
        }
    }

    private void need(int count) throws IOException {
        if (bytes.remaining() < count) {
            throw broken("it ends too early");
        }
    }

    static IOException broken(String why) {
        return new IOException("A D-Bus message is broken: " + why);
    }

    /** Walks through a signature. */
    private static final class Types {

        private final String signature;
        private int at;

        Types(String signature) {
            this.signature = signature;
        }

        boolean atEnd() {
            return at >= signature.length();
        }

        char next() throws IOException {
            if (atEnd()) {
                throw broken("a signature ends too early");
            }
            return signature.charAt(at++);
        }

        /** Passes a closing bracket if one is next. */
        boolean closes() throws IOException {
            if (atEnd()) {
                throw broken("a signature has a bracket without its end");
            }
            char c = signature.charAt(at);
            if (c == ')' || c == '}') {
                at++;
                return true;
            }
            return false;
        }

        int alignmentAhead() throws IOException {
            if (atEnd()) {
                throw broken("an array's signature has no element");
            }
            return switch (signature.charAt(at)) {
                case 'n', 'q' -> 2;
                case 'b', 'i', 'u', 'h', 's', 'o', 'a' -> 4;
                case 'x', 't', 'd', '(', '{' -> 8;
                default -> 1;
            };
        }

        /** Passes one complete type without reading a value. */
        void skipOne(int depth) throws IOException {
            if (depth > DEEPEST) {
                throw broken("types are nested too deep");
            }
            char type = next();
            if (type == 'a') {
                skipOne(depth + 1);
            } else if (type == '(' || type == '{') {
                while (!closes()) {
                    skipOne(depth + 1);
                }
            }
        }
    }
}
