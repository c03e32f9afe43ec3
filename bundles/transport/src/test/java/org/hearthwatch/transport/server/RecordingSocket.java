package org.hearthwatch.transport.server;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;

/** A client's socket that remembers what the server said, for the one thing no TLS library tells: the group agreed on. */
final class RecordingSocket extends Socket {

    private static final int KEY_SHARE = 51;

    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

    RecordingSocket(int port) throws IOException {
        super(InetAddress.getLoopbackAddress(), port);
        setSoTimeout(10_000);
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                int b = super.read();
                if (b >= 0) {
                    heard.write(b);
                }
                return b;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int count = super.read(buffer, offset, length);
                if (count > 0) {
                    heard.write(buffer, offset, count);
                }
                return count;
            }
        };
    }

    /** Reads the (last) ServerHello: RFC 8446, section 4.1.3. */
    String group() {
        ByteBuffer bytes = ByteBuffer.wrap(heard.toByteArray());
        String group = "none";
        while (bytes.remaining() > 5) {
            int type = bytes.get();
            bytes.getShort();
            ByteBuffer record = bytes.slice(bytes.position() + 2, Short.toUnsignedInt(bytes.getShort()));
            bytes.position(bytes.position() + record.remaining());
            if (type == 22 && record.get() == 2) {
                record.position(4 + 2 + 32);
                record.position(record.position() + 1 + record.get(record.position()) + 2 + 1);
                record.getShort();
                while (record.remaining() >= 4) {
                    int extension = Short.toUnsignedInt(record.getShort());
                    int length = Short.toUnsignedInt(record.getShort());
                    if (extension == KEY_SHARE) {
                        group = switch (record.getShort(record.position())) {
                            case 0x11ec -> "X25519MLKEM768";
                            case 0x001d -> "x25519";
                            case 0x0017 -> "secp256r1";
                            default -> "another";
                        };
                    }
                    record.position(record.position() + length);
                }
            }
        }
        return group;
    }
}
