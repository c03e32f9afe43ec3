package org.hearthwatch.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.hearthwatch.api.web.EventStream;

/**
 * One event stream. Nobody who sends ever waits: events go into a queue, the container writes when the reader takes them, and
 * a reader for whom too many are waiting is cut off.
 */
final class ServletEventStream implements EventStream, WriteListener {

    static final int MOST_WAITING = 128;
    static final int MOST_WAITING_BYTES = 4 << 20;

    private static final byte[] HEARTBEAT = ": \n\n".getBytes(StandardCharsets.UTF_8);

    private final AsyncContext async;
    private final ServletOutputStream out;
    private final Admission admission;
    private final ConnectionControl connection;
    private final Queue<byte[]> waiting = new ArrayDeque<>();
    private final List<Runnable> onClose = new ArrayList<>();
    private int waitingBytes;
    private boolean writable;
    private boolean unflushed;
    private boolean closed;

    ServletEventStream(AsyncContext async, Admission admission, ConnectionControl connection) throws IOException {
        this.async = async;
        this.out = async.getResponse().getOutputStream();
        this.admission = admission;
        this.connection = connection;
    }

    /** Starts writing. */
    void begin() {
        async.setTimeout(0);
        synchronized (this) {
            // Something at once, so that the reader sees the stream open.
            enqueue(HEARTBEAT);
        }
        out.setWriteListener(this);
    }

    @Override
    public boolean send(String event, String data) {
        if ((event + data).indexOf('\n') >= 0 || (event + data).indexOf('\r') >= 0) {
            throw new IllegalArgumentException("An event's name and data are one line each");
        }
        return offer(("event: " + event + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a comment, or closes when the session has ended. */
    void beat() {
        if (admission.stillHolds().getAsBoolean()) {
            offer(HEARTBEAT);
        } else {
            close();
        }
    }

    private boolean offer(byte[] chunk) {
        boolean tooSlow;
        synchronized (this) {
            if (closed) {
                return false;
            }
            tooSlow = waiting.size() >= MOST_WAITING || waitingBytes + chunk.length > MOST_WAITING_BYTES;
            if (!tooSlow) {
                enqueue(chunk);
                try {
                    pump();
                    return true;
                } catch (IOException e) {
                    // The reader went away; closing below is all there is to do.
                    tooSlow = true;
                }
            }
        }
        end();
        connection.abort();
        return false;
    }

    private void enqueue(byte[] chunk) {
        waiting.add(chunk);
        waitingBytes += chunk.length;
    }

    @Override
    public void onWritePossible() throws IOException {
        synchronized (this) {
            writable = true;
            if (!closed) {
                pump();
                return;
            }
        }
        complete();
    }

    /** Writes as long as the container takes it; called under the lock. */
    private void pump() throws IOException {
        while (writable && !closed) {
            byte[] chunk = waiting.poll();
            if (chunk != null) {
                waitingBytes -= chunk.length;
                out.write(chunk);
                unflushed = true;
            } else if (unflushed) {
                unflushed = false;
                out.flush();
            } else {
                return;
            }
            writable = out.isReady();
        }
    }

    @Override
    public void onError(Throwable t) {
        end();
        complete();
    }

    @Override
    public synchronized boolean isOpen() {
        return !closed;
    }

    @Override
    public void onClose(Runnable action) {
        synchronized (this) {
            if (!closed) {
                onClose.add(action);
                return;
            }
        }
        action.run();
    }

    @Override
    public void close() {
        end();
    }

    private void end() {
        List<Runnable> actions;
        boolean quiet;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            quiet = writable;
            waiting.clear();
            waitingBytes = 0;
            actions = List.copyOf(onClose);
            onClose.clear();
        }
        if (quiet) {
            complete();
        }
        actions.forEach(Runnable::run);
    }

    /** Ends the answer; never while a write is under way, which would leave the container waiting for its end. */
    private void complete() {
        try {
            async.complete();
        } catch (IllegalStateException e) {
            // The container completed it when the connection broke.
        }
    }
}
