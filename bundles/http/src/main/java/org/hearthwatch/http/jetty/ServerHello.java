package org.hearthwatch.http.jetty;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Reads, of what a TLS 1.3 server says first, which key exchange it has chosen (RFC 8446, sections 4.1.3 and 4.2.8). */
final class ServerHello {

    private static final int HANDSHAKE = 22;
    private static final int SERVER_HELLO = 2;
    private static final int KEY_SHARE = 51;
    private static final int VERSION_AND_RANDOM = 2 + 32;
    private static final int SUITE_AND_COMPRESSION = 2 + 1;
    private static final byte[] RETRY_RANDOM_BEGINS = {(byte) 0xcf, 0x21, (byte) 0xad, 0x74};

    private ServerHello() {}

    /** The group's name; empty if the bytes do not begin with a ServerHello, or with one that only asks to try again. */
    static Optional<String> group(ByteBuffer bytes) {
        try {
            if (bytes.get() != HANDSHAKE) {
                return Optional.empty();
            }
            skip(bytes, 2 + 2);
            if (bytes.get() != SERVER_HELLO) {
                return Optional.empty();
            }
            skip(bytes, 3);
            if (bytes.slice(bytes.position() + 2, RETRY_RANDOM_BEGINS.length)
                    .equals(ByteBuffer.wrap(RETRY_RANDOM_BEGINS))) {
                return Optional.empty();
            }
            skip(bytes, VERSION_AND_RANDOM);
            skip(bytes, Byte.toUnsignedInt(bytes.get()));
            skip(bytes, SUITE_AND_COMPRESSION);
            bytes.limit(bytes.position() + 2 + Short.toUnsignedInt(bytes.getShort(bytes.position())));
            skip(bytes, 2);
            while (bytes.hasRemaining()) {
                int extension = Short.toUnsignedInt(bytes.getShort());
                int length = Short.toUnsignedInt(bytes.getShort());
                if (extension == KEY_SHARE) {
                    return Optional.of(name(Short.toUnsignedInt(bytes.getShort())));
                }
                skip(bytes, length);
            }
            return Optional.empty();
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static void skip(ByteBuffer bytes, int count) {
        bytes.position(bytes.position() + count);
    }

    private static String name(int group) {
        return switch (group) {
            case 0x11ec -> "X25519MLKEM768";
            case 0x001d -> "X25519";
            case 0x0017 -> "secp256r1";
            default -> "other";
        };
    }
}
