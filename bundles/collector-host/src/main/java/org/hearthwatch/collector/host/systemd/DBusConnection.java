package org.hearthwatch.collector.host.systemd;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A connection to a D-Bus message bus that can do one thing: call methods with string arguments and read the answers.
 * Written after the D-Bus specification because the libraries there are bring dynamic proxies, threads and a transport
 * lookup that do not get on with OSGi. Signals and calls from others are thrown away. The whole conversation has one
 * deadline, a message one greatest size. Not thread-safe.
 */
final class DBusConnection implements Closeable {

    private static final int LARGEST_MESSAGE = 8 << 20;
    private static final int LONGEST_GREETING = 4096;
    private static final int FIXED_HEADER = 16;
    /** Calls on the way at once; the bus refuses more than 128 from one connection. */
    private static final int WINDOW = 64;

    private static final int METHOD_RETURN = 2;
    private static final int ERROR = 3;
    private static final int FIELD_ERROR_NAME = 4;
    private static final int FIELD_REPLY_SERIAL = 5;
    private static final int FIELD_SIGNATURE = 8;

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final LongSupplier nanoTime;
    private final long deadline;
    private final Path socket;
    private ByteBuffer incoming = ByteBuffer.allocate(64 * 1024).flip();
    private int serial;

    private DBusConnection(Path socket, Duration timeout, LongSupplier nanoTime) throws IOException {
        this.socket = socket;
        this.nanoTime = nanoTime;
        this.deadline = nanoTime.getAsLong() + timeout.toNanos();
        this.channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        try {
            channel.configureBlocking(false);
            selector = Selector.open();
            key = channel.register(selector, SelectionKey.OP_READ);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Connects, as the user this process runs as.
     *
     * @param timeout for everything that is done with the connection
     * @throws IOException if nobody listens or the bus does not let us in
     */
    static DBusConnection open(Path socket, Duration timeout, LongSupplier nanoTime)
            throws IOException, InterruptedException {
        var connection = new DBusConnection(socket, timeout, nanoTime);
        try {
            connection.greet();
            return connection;
        } catch (IOException | InterruptedException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private void greet() throws IOException, InterruptedException {
        // The bus knows who we are by the socket's credentials; the empty DATA lets it take them.
        send("\0AUTH EXTERNAL\r\nDATA\r\n".getBytes(StandardCharsets.US_ASCII));
        expectLine("DATA");
        expectLine("OK ");
        send("BEGIN\r\n".getBytes(StandardCharsets.US_ASCII));
        DBusReply hello = call(List.of(new DBusCall(
                        "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "Hello", List.of())))
                .get(0);
        hello.values("s");
    }

    private void expectLine(String start) throws IOException, InterruptedException {
        var line = new StringBuilder();
        while (line.length() < LONGEST_GREETING) {
            fill(1);
            char c = (char) (incoming.get() & 0xff);
            if (c == '\n') {
                break;
            }
            line.append(c);
        }
        if (!line.toString().startsWith(start)) {
            throw new IOException(socket + " does not let us in: it answered "
                    + line.toString().strip());
        }
    }

    /**
     * Calls methods, several on the way at once.
     *
     * @return the answers in the order of the calls
     * @throws SocketTimeoutException if the conversation's deadline passes
     */
    List<DBusReply> call(List<DBusCall> calls) throws IOException, InterruptedException {
        var replies = new ArrayList<DBusReply>(calls.size());
        for (int from = 0; from < calls.size(); from += WINDOW) {
            replies.addAll(callWindow(calls.subList(from, Math.min(calls.size(), from + WINDOW))));
        }
        return replies;
    }

    private List<DBusReply> callWindow(List<DBusCall> calls) throws IOException, InterruptedException {
        int first = serial + 1;
        for (DBusCall call : calls) {
            send(call.bytes(++serial));
        }
        Map<Integer, DBusReply> answered = new HashMap<>();
        while (answered.size() < calls.size()) {
            readMessage(first, serial, answered);
        }
        var ordered = new ArrayList<DBusReply>(calls.size());
        for (int i = first; i <= serial; i++) {
            DBusReply reply = answered.get(i);
            if (reply == null) {
                throw DBusReader.broken("an answer is to no call");
            }
            ordered.add(reply);
        }
        return ordered;
    }

    private void readMessage(int first, int last, Map<Integer, DBusReply> answered)
            throws IOException, InterruptedException {
        fill(FIXED_HEADER);
        ByteOrder order = incoming.get(incoming.position()) == 'l' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        int type = incoming.get(incoming.position() + 1);
        ByteBuffer header = incoming.duplicate().order(order);
        long bodyLength = header.getInt(header.position() + 4) & 0xffff_ffffL;
        long fieldsLength = header.getInt(header.position() + 12) & 0xffff_ffffL;
        long headerLength = FIXED_HEADER + (fieldsLength + 7) / 8 * 8;
        if (headerLength + bodyLength > LARGEST_MESSAGE) {
            throw DBusReader.broken("it is larger than " + LARGEST_MESSAGE + " bytes");
        }
        fill((int) (headerLength + bodyLength));
        var head = new byte[(int) headerLength];
        incoming.get(head);
        var body = new byte[(int) bodyLength];
        incoming.get(body);
        if (type == METHOD_RETURN || type == ERROR) {
            readReply(type, new DBusReader(head, order), (int) fieldsLength, body, order, answered, first, last);
        }
    }

    private static void readReply(
            int type,
            DBusReader header,
            int fieldsLength,
            byte[] body,
            ByteOrder order,
            Map<Integer, DBusReply> answered,
            int first,
            int last)
            throws IOException {
        for (int i = 0; i < FIXED_HEADER / 4; i++) {
            header.uint32();
        }
        String error = type == ERROR ? "an error without a name" : "";
        String signature = "";
        long replyTo = 0;
        while (header.position() < FIXED_HEADER + fieldsLength) {
            header.align(8);
            int code = header.uint8();
            String fieldType = header.signature();
            if (code == FIELD_REPLY_SERIAL && fieldType.equals("u")) {
                replyTo = header.uint32();
            } else if (code == FIELD_SIGNATURE && fieldType.equals("g")) {
                signature = header.signature();
            } else if (code == FIELD_ERROR_NAME && fieldType.equals("s")) {
                error = header.string();
            } else {
                header.skip(fieldType);
            }
        }
        if (replyTo >= first && replyTo <= last) {
            answered.put((int) replyTo, new DBusReply(type == ERROR ? error : "", signature, body, order));
        }
    }

    /** Makes so many bytes available. */
    private void fill(int count) throws IOException, InterruptedException {
        if (incoming.capacity() < count) {
            incoming = ByteBuffer.allocate(count).put(incoming).flip();
        }
        while (incoming.remaining() < count) {
            incoming.compact();
            int read;
            try {
                read = channel.read(incoming);
            } catch (ClosedByInterruptException e) {
                throw interrupted(e);
            } finally {
                incoming.flip();
            }
            if (read < 0) {
                throw new EOFException(socket + " closed the connection");
            }
            if (read == 0) {
                await(SelectionKey.OP_READ);
            }
        }
    }

    private void send(byte[] bytes) throws IOException, InterruptedException {
        ByteBuffer outgoing = ByteBuffer.wrap(bytes);
        while (outgoing.hasRemaining()) {
            try {
                if (channel.write(outgoing) == 0) {
                    await(SelectionKey.OP_WRITE);
                }
            } catch (ClosedByInterruptException e) {
                throw interrupted(e);
            }
        }
    }

    private void await(int operation) throws IOException, InterruptedException {
        long left = (deadline - nanoTime.getAsLong()) / 1_000_000;
        if (left <= 0) {
            throw new SocketTimeoutException(socket + " does not answer in time");
        }
        key.interestOps(operation);
        selector.select(left);
        selector.selectedKeys().clear();
        if (Thread.interrupted()) {
            throw new InterruptedException("Cancelled while waiting for " + socket);
        }
    }

    private static InterruptedException interrupted(ClosedByInterruptException e) {
        Thread.interrupted();
        var interrupted = new InterruptedException("Cancelled while talking to the bus");
        interrupted.initCause(e);
        return interrupted;
    }

    @Override
    public void close() throws IOException {
        try (selector) {
            channel.close();
        }
    }
}
