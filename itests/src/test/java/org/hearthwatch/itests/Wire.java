package org.hearthwatch.itests;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** HTTP byte by byte, from any address of the loopback network, so that nothing a client library forbids is left untried. */
final class Wire {

    private static final int PATIENCE_MILLIS = 40_000;
    private static final AtomicInteger NETWORK = new AtomicInteger();

    private Wire() {}

    /** An address of this machine in a /24 network that nobody used before. */
    static String otherNetwork() {
        int number = NETWORK.incrementAndGet();
        return "127." + (1 + number / 250) + "." + (1 + number % 250) + ".7";
    }

    /** Sends these bytes and reads until the other side closes; what was read until then if it resets the connection. */
    static String say(int port, String from, byte[] request) throws IOException {
        try (Socket socket = connect(port, from)) {
            var heard = new ByteArrayOutputStream();
            try {
                socket.getOutputStream().write(request);
                socket.getOutputStream().flush();
                socket.getInputStream().transferTo(heard);
            } catch (java.net.SocketException reset) {
                // An answer that came before the whole request was read is followed by a reset.
            }
            return heard.toString(StandardCharsets.ISO_8859_1);
        }
    }

    static String say(int port, String request) throws IOException {
        return say(port, "127.0.0.1", request.getBytes(StandardCharsets.ISO_8859_1));
    }

    static Socket connect(int port, String from) throws IOException {
        var socket = new Socket();
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5000);
        return socket;
    }

    /** A request as browsers send it; headers {@code Name: value}. */
    static Answer ask(int port, String from, String method, String target, String body, String... headers)
            throws IOException {
        return ask(port, from, method, target, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    static Answer ask(int port, String from, String method, String target, byte[] body, String... headers)
            throws IOException {
        var request = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        if (Arrays.stream(headers).noneMatch(header -> header.startsWith("Host:"))) {
            request.append("Host: 127.0.0.1:").append(port).append("\r\n");
        }
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        request.append("Connection: close\r\nContent-Length: ")
                .append(body.length)
                .append("\r\n\r\n");
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(request.toString().getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(body);
        return Answer.of(say(port, from, bytes.toByteArray()));
    }

    /** What was answered. */
    record Answer(int status, List<String> headers, String body) {

        static Answer of(String raw) {
            int end = raw.indexOf("\r\n\r\n");
            if (!raw.startsWith("HTTP/1.1 ") || end < 0) {
                return new Answer(0, List.of(), raw);
            }
            List<String> lines = new ArrayList<>(List.of(raw.substring(0, end).split("\r\n", -1)));
            int status = Integer.parseInt(lines.remove(0).split(" ", -1)[1]);
            String body = raw.substring(end + 4);
            boolean chunked = lines.stream().anyMatch(line -> line.equalsIgnoreCase("transfer-encoding: chunked"));
            byte[] bytes = (chunked ? joined(body) : body).getBytes(StandardCharsets.ISO_8859_1);
            return new Answer(status, List.copyOf(lines), new String(bytes, StandardCharsets.UTF_8));
        }

        private static String joined(String chunks) {
            var joined = new StringBuilder();
            int at = 0;
            while (at < chunks.length()) {
                int line = chunks.indexOf("\r\n", at);
                int size = line < 0
                        ? 0
                        : Integer.parseInt(
                                chunks.substring(at, line).split(";", -1)[0].strip(), 16);
                if (size == 0) {
                    break;
                }
                joined.append(chunks, line + 2, Math.min(chunks.length(), line + 2 + size));
                at = line + 2 + size + 2;
            }
            return joined.toString();
        }

        Optional<String> header(String name) {
            String start = name.toLowerCase(Locale.ROOT) + ":";
            return headers.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                    .map(line -> line.substring(start.length()).strip())
                    .findFirst();
        }
    }
}
