package org.hearthwatch.transport.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** Answers over TLS with engines: one answer to whatever is said, again and again until the client leaves. */
final class EngineServer implements AutoCloseable {

    private static final byte[] ANSWER = "HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    final Queue<Exception> failures = new ConcurrentLinkedQueue<>();
    private final ServerSocket socket;
    private final Supplier<SSLEngine> engines;

    EngineServer(Supplier<SSLEngine> engines) throws IOException {
        this.engines = engines;
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    private static void start(Runnable work) {
        var thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                start(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            var talk = new Talk(client, engines.get());
            try {
                talk.run();
            } catch (SSLException e) {
                // Bouncy Castle throws first, and has the alert for the client ready then.
                talk.wrap(new byte[0]);
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            failures.add(e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static final class Talk {

        private final SSLEngine engine;
        private final InputStream in;
        private final OutputStream out;
        private final ByteBuffer cipher = ByteBuffer.allocate(64 * 1024).flip();
        private final ByteBuffer plain = ByteBuffer.allocate(64 * 1024);
        private final ByteBuffer sent = ByteBuffer.allocate(64 * 1024);

        Talk(Socket client, SSLEngine engine) throws IOException {
            this.engine = engine;
            client.setSoTimeout(1000);
            in = client.getInputStream();
            out = client.getOutputStream();
        }

        void run() throws IOException {
            engine.beginHandshake();
            while (!engine.isInboundDone() || engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                if (engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
                    engine.getDelegatedTask().run();
                } else if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                    wrap(new byte[0]);
                } else if (!unwrap()) {
                    return;
                }
            }
        }

        private boolean unwrap() throws IOException {
            SSLEngineResult result = engine.unwrap(cipher, plain);
            if (result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW) {
                cipher.compact();
                int count = in.read(cipher.array(), cipher.position(), cipher.remaining());
                cipher.position(cipher.position() + Math.max(0, count)).flip();
                return count >= 0;
            }
            if (result.bytesProduced() > 0) {
                plain.clear();
                wrap(ANSWER);
            }
            return result.getStatus() != SSLEngineResult.Status.CLOSED;
        }

        private void wrap(byte[] what) throws IOException {
            ByteBuffer source = ByteBuffer.wrap(what);
            do {
                sent.clear();
                engine.wrap(source, sent);
                out.write(sent.array(), 0, sent.position());
                out.flush();
            } while (source.hasRemaining());
        }
    }
}
