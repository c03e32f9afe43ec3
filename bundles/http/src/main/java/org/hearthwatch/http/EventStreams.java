package org.hearthwatch.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import org.hearthwatch.api.web.EventStream;
import org.hearthwatch.api.web.HttpProblem;

/** The event streams that are open, no more than a fixed number. Thread-safe. */
final class EventStreams {

    private final IntSupplier most;
    private final HttpFigures figures;
    private final Set<ServletEventStream> open = ConcurrentHashMap.newKeySet();

    EventStreams(IntSupplier most, HttpFigures figures) {
        this.most = most;
        this.figures = figures;
    }

    /** @throws HttpProblem 503 when there are too many */
    EventStream open(
            HttpServletRequest request, HttpServletResponse response, Admission admission, ConnectionControl connection)
            throws IOException, HttpProblem {
        ServletEventStream stream;
        synchronized (this) {
            if (open.size() >= most.getAsInt()) {
                figures.refused("streams");
                response.setHeader("Retry-After", "30");
                throw new HttpProblem(
                        503,
                        most.getAsInt()
                                + " live views are open, more are not allowed: close one, or raise maxStreams in"
                                + " etc/org.hearthwatch.http.cfg.");
            }
            response.setContentType("text/event-stream");
            response.setCharacterEncoding("utf-8");
            // Proxies that gather answers before passing them on would hold events back.
            response.setHeader("X-Accel-Buffering", "no");
            stream = new ServletEventStream(request.startAsync(), admission, connection);
            open.add(stream);
        }
        stream.onClose(() -> open.remove(stream));
        stream.begin();
        return stream;
    }

    /** Sends every stream a heartbeat and closes those whose session or token has ended. */
    void beat() {
        open.forEach(ServletEventStream::beat);
    }

    int size() {
        return open.size();
    }

    void closeAll() {
        open.forEach(ServletEventStream::close);
    }
}
