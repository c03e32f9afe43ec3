package org.hearthwatch.http.jetty;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.thread.Scheduler;
import org.hearthwatch.http.ConnectionControl;
import org.hearthwatch.http.HttpFigures;

/**
 * A connection that waits for a request, but not for ever: the deadline runs from the opening of the connection or the first
 * byte of a later request until the request is read, and closes the connection.
 *
 * <p>It also refuses heads whose lines end in a bare line feed. Jetty takes them, other servers do not, and what two servers
 * read differently is how requests are smuggled past a proxy. A head that arrives in one piece with the request before it is
 * past this check.
 */
final class PatientEndPoint extends SocketChannelEndPoint implements ConnectionControl {

    private static final Duration LINGER = Duration.ofSeconds(1);

    private final Scheduler scheduler;
    private final Duration deadline;
    private final HttpFigures figures;
    private final boolean secure;
    private Optional<Scheduler.Task> alarm = Optional.empty();
    private Phase phase = Phase.HEAD;
    private boolean wholeRequest;
    private boolean nextBegan;
    private int headEnd;
    private byte last;

    private enum Phase {
        /** Between two requests. */
        IDLE,
        /** The head is being read. */
        HEAD,
        /** The head was read; a body may follow. */
        REQUEST
    }

    /** @param secure a TLS layer is in between, which tells {@link #arrived} what it has decrypted */
    PatientEndPoint(
            SocketChannel channel,
            ManagedSelector selector,
            SelectionKey key,
            Scheduler scheduler,
            Duration deadline,
            boolean secure,
            HttpFigures figures) {
        super(channel, selector, key, scheduler);
        this.scheduler = scheduler;
        this.deadline = deadline;
        this.secure = secure;
        this.figures = figures;
    }

    @Override
    public void onOpen() {
        synchronized (this) {
            setAlarm();
        }
        super.onOpen();
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        int count = super.fill(buffer);
        if (count > 0 && secure) {
            began();
        } else if (count > 0 && !arrived(buffer, buffer.limit() - count)) {
            refuseLine();
            return -1;
        }
        return count;
    }

    /** Whatever comes between two requests is taken for the next one's beginning: a part of a TLS record, too. */
    private synchronized void began() {
        if (phase == Phase.IDLE) {
            beginHead();
        } else if (phase == Phase.REQUEST && wholeRequest) {
            nextBegan = true;
        }
    }

    void refuseLine() {
        figures.refused("bare_line_feed");
        say("400 Bad Request");
        close();
    }

    /** Looks at new bytes of requests; false if the request is not to be read on. */
    synchronized boolean arrived(ByteBuffer buffer, int from) {
        began();
        boolean plain = true;
        for (int i = from; i < buffer.limit(); i++) {
            byte b = buffer.get(i);
            if (phase == Phase.HEAD && headEnd < 4) {
                plain &= b != '\n' || last == '\r';
                // Counts through CR LF CR LF.
                headEnd = b == (headEnd % 2 == 0 ? '\r' : '\n') ? headEnd + 1 : b == '\r' ? 1 : 0;
            }
            last = b;
        }
        return plain;
    }

    /** The head was read and a handler will be called. */
    synchronized void headRead(boolean whole) {
        phase = Phase.REQUEST;
        wholeRequest = whole;
        if (whole) {
            clearAlarm();
        }
    }

    @Override
    public synchronized void requestRead() {
        wholeRequest = true;
        clearAlarm();
    }

    /** The request was answered. */
    synchronized void requestDone() {
        clearAlarm();
        if (wholeRequest && nextBegan) {
            beginHead();
        } else if (wholeRequest) {
            phase = Phase.IDLE;
        } else {
            // Nobody wants the rest. Time to read the answer, as a connection closed at once would take it away.
            alarm = Optional.of(scheduler.schedule(this::close, LINGER.toMillis(), TimeUnit.MILLISECONDS));
        }
    }

    @Override
    public void abort() {
        close();
    }

    @Override
    public void onClose(Throwable cause) {
        synchronized (this) {
            clearAlarm();
        }
        super.onClose(cause);
    }

    private void beginHead() {
        phase = Phase.HEAD;
        headEnd = 0;
        nextBegan = false;
        setAlarm();
    }

    private void setAlarm() {
        clearAlarm();
        alarm = Optional.of(scheduler.schedule(this::tooLate, deadline.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void clearAlarm() {
        alarm.ifPresent(Scheduler.Task::cancel);
        alarm = Optional.empty();
    }

    private void tooLate() {
        synchronized (this) {
            if (alarm.isEmpty()) {
                return;
            }
            alarm = Optional.empty();
        }
        figures.refused("deadline");
        say("408 Request Timeout");
        close();
    }

    /** A last word, if the socket takes it without waiting and would not mistake it for TLS; no answer was sent before. */
    private void say(String status) {
        if (secure) {
            return;
        }
        String answer = "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        try {
            getChannel().write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            // The other side is gone, and needs no word.
        }
    }
}
