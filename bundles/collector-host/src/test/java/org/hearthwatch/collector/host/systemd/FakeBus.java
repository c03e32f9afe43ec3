package org.hearthwatch.collector.host.systemd;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A message bus with systemd behind it, on a socket of its own; one connection after the other. */
public final class FakeBus implements AutoCloseable {

    private static final byte[] OK =
            "DATA\r\nOK 0123456789abcdef0123456789abcdef\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocketChannel server;
    private final FakeSystemd systemd;
    private final Thread thread;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();

    /** Begins to listen at a path where nothing is. */
    public FakeBus(Path socket, FakeSystemd systemd) throws IOException {
        this.systemd = systemd;
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        thread = new Thread(this::serve, "fake-bus");
        thread.setDaemon(true);
        thread.start();
    }

    int connections() {
        return connections.get();
    }

    int calls() {
        return calls.get();
    }

    private void serve() {
        while (server.isOpen()) {
            serveOne();
        }
    }

    private void serveOne() {
        try (SocketChannel client = server.accept()) {
            connections.incrementAndGet();
            converse(client);
        } catch (IOException e) {
            // The client has what it wanted and went, or the test is over.
            assert !server.isOpen() || e.getMessage() != null : e;
        }
    }

    private void converse(SocketChannel client) throws IOException {
        InputStream in = Channels.newInputStream(client);
        readLine(in);
        readLine(in);
        client.write(ByteBuffer.wrap(OK));
        readLine(in);
        for (int serial = 1; ; serial++) {
            Call call = Call.read(in);
            calls.incrementAndGet();
            client.write(ByteBuffer.wrap(answer(call, serial)));
        }
    }

    private byte[] answer(Call call, int serial) {
        if (call.member.equals("Hello")) {
            byte[] name = new DBusBytes().string(":1.7").toByteArray();
            return DBusBytes.reply(serial, call.serial, "", "s", name);
        }
        FakeSystemd.Answer answer = systemd.answer(call.path, call.member, call.arguments);
        return answer.signature().isEmpty()
                ? DBusBytes.error(serial, call.serial, "", "org.freedesktop.DBus.Error.UnknownProperty")
                : DBusBytes.reply(serial, call.serial, "", answer.signature(), answer.body());
    }

    private static void readLine(InputStream in) throws IOException {
        int c;
        do {
            c = in.read();
            if (c < 0) {
                throw new IOException("gone");
            }
        } while (c != '\n');
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /** A method call as it arrived. */
    record Call(int type, int serial, String sender, String path, String member, List<String> arguments) {

        static Call read(InputStream in) throws IOException {
            byte[] fixed = exactly(in, 16);
            ByteBuffer lengths = ByteBuffer.wrap(fixed).order(ByteOrder.LITTLE_ENDIAN);
            int fieldsLength = lengths.getInt(12);
            byte[] rest = exactly(in, (fieldsLength + 7) / 8 * 8);
            byte[] body = exactly(in, lengths.getInt(4));
            var header = new ByteArrayOutputStream();
            header.writeBytes(fixed);
            header.writeBytes(rest);
            var fields = new DBusReader(header.toByteArray(), ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < 4; i++) {
                fields.uint32();
            }
            String sender = "";
            String path = "";
            String member = "";
            String signature = "";
            while (fields.position() < 16 + fieldsLength) {
                fields.align(8);
                int code = fields.uint8();
                String type = fields.signature();
                switch (code) {
                    case 1 -> path = fields.string();
                    case 3 -> member = fields.string();
                    case 7 -> sender = fields.string();
                    case 8 -> signature = fields.signature();
                    default -> fields.skip(type);
                }
            }
            var arguments = new ArrayList<String>();
            var values = new DBusReader(body, ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < signature.length() && signature.charAt(i) == 's'; i++) {
                arguments.add(values.string());
            }
            return new Call(fixed[1], lengths.getInt(8), sender, path, member, arguments);
        }

        private static byte[] exactly(InputStream in, int length) throws IOException {
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw new IOException("gone");
            }
            return bytes;
        }
    }
}
