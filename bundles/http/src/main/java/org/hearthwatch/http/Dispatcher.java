package org.hearthwatch.http;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one servlet. For each request, in this order: transport and host name, the path, the route, the guard of that very
 * route, the handler. Every answer carries the security headers; every refusal is a sentence for people.
 */
final class Dispatcher extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final String FORM = "application/x-www-form-urlencoded";

    private final transient RouteTable routes;
    private final transient Gate gate;
    private final transient ChangeRecord record;
    private final transient EventStreams streams;
    private final transient HttpFigures figures;
    private final transient Supplier<HttpSettings> settings;
    private final transient SecureRandom random = new SecureRandom();

    Dispatcher(
            RouteTable routes,
            Gate gate,
            ChangeRecord record,
            EventStreams streams,
            HttpFigures figures,
            Supplier<HttpSettings> settings) {
        this.routes = routes;
        this.gate = gate;
        this.record = record;
        this.streams = streams;
        this.figures = figures;
        this.settings = settings;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        SecurityHeaders.ALL.forEach(response::setHeader);
        PrometheusManners.greet(request, response);
        Optional<ConnectionControl> connection = connection(request);
        try {
            if (connection.isPresent()) {
                serve(request, response, connection.get());
            } else {
                refuse(request, response, 503, "The port is still opening; try again in a second.");
            }
        } catch (IOException e) {
            // Whoever asked is gone, or too slow: nothing of ours is wrong, and there is nobody to tell.
            LOG.debug("The connection of {} broke: {}", request.getRemoteAddr(), e.toString());
            connection.ifPresent(ConnectionControl::abort);
        }
    }

    private void serve(HttpServletRequest request, HttpServletResponse response, ConnectionControl connection)
            throws IOException {
        try {
            var body = new RequestBody(request, connection);
            try {
                body.readIfSmall();
                answer(request, response, connection, body);
            } catch (HttpProblem e) {
                if (!body.isRead() || e.status() == 400) {
                    // What was not read, or not understood, must not be taken for the next request.
                    response.setHeader("Connection", "close");
                }
                throw e;
            }
        } catch (HttpProblem e) {
            refuse(request, response, e.status(), String.valueOf(e.getMessage()));
        }
    }

    private static Optional<ConnectionControl> connection(HttpServletRequest request) {
        return request.getAttribute(ConnectionControl.ATTRIBUTE) instanceof ConnectionControl control
                ? Optional.of(control)
                : Optional.empty();
    }

    private RouteTable.Found route(HttpServletRequest request, HttpServletResponse response) throws HttpProblem {
        List<String> segments = RequestPath.segments(request.getRequestURI());
        boolean manners = PrometheusManners.count(request);
        Optional<Route.Method> method = method(request.getMethod())
                .filter(known -> !manners || !request.getMethod().equals("HEAD"));
        RouteTable.Match match =
                method.map(known -> routes.match(known, segments)).orElseGet(() -> routes.matchNone(segments));
        if (match instanceof RouteTable.Found found) {
            return found;
        }
        boolean elsewhere = manners && match instanceof RouteTable.WrongMethod wrong && wrong.everywhere();
        if (elsewhere || match instanceof RouteTable.Nothing) {
            throw new HttpProblem(404, "There is nothing at this address.");
        }
        if (match instanceof RouteTable.WrongMethod wrong) {
            var allowed = new TreeSet<String>();
            wrong.allowed().forEach(each -> allowed.add(each.name()));
            if (manners) {
                allowed.add("OPTIONS");
            } else if (wrong.allowed().contains(Route.Method.GET)) {
                allowed.add("HEAD");
            }
            response.setHeader("Allow", String.join(", ", allowed));
        }
        throw new HttpProblem(405, "This address does not take this method.");
    }

    private static Optional<Route.Method> method(String name) {
        return switch (name) {
            case "GET", "HEAD" -> Optional.of(Route.Method.GET);
            case "POST" -> Optional.of(Route.Method.POST);
            case "PUT" -> Optional.of(Route.Method.PUT);
            case "DELETE" -> Optional.of(Route.Method.DELETE);
            default -> Optional.empty();
        };
    }

    private void answer(
            HttpServletRequest request, HttpServletResponse response, ConnectionControl connection, RequestBody body)
            throws HttpProblem, IOException {
        Origin origin = Origin.of(request);
        RouteTable.Found found;
        Admission admission;
        Optional<Route> matched = Optional.empty();
        try {
            Origin.check(request, settings.get());
            if (PrometheusManners.count(request) && request.getMethod().equals("OPTIONS")) {
                response.setStatus(204);
                return;
            }
            found = route(request, response);
            matched = Optional.of(found.route());
            settings.get().sources().check(found.route(), origin.remoteAddress());
            admission = gate.admit(found.route(), request, origin);
            record.allowed(found.route(), admission, request);
        } catch (HttpProblem e) {
            figures.refused(reason(e.status()));
            matched.ifPresent(route -> record.refused(route, request, e));
            throw e;
        }
        figures.began();
        long began = System.nanoTime();
        int status = 500;
        try {
            Parameters parameters = parameters(request, body);
            var exchange = new ServletExchange(
                    request, response, found, admission, origin, body, parameters, streams, connection);
            found.route().handler().handle(exchange);
            status = response.getStatus();
        } catch (HttpProblem e) {
            status = e.status();
            record.failed(found.route(), admission, request, e.status() + " " + e.getMessage());
            throw e;
        } catch (RuntimeException e) {
            throwIfAskerLeft(e);
            record.failed(found.route(), admission, request, "500 " + e);
            broken(request, response, connection, found.route(), e);
        } finally {
            figures.ended(found.route(), status, System.nanoTime() - began);
        }
    }

    /** What a handler wrapped because it could not throw it. */
    private static void throwIfAskerLeft(RuntimeException e) throws IOException {
        if (e.getCause() instanceof EOFException || e.getCause() instanceof ClosedChannelException) {
            throw new IOException(e.getCause());
        }
    }

    private static Parameters parameters(HttpServletRequest request, RequestBody body) throws HttpProblem, IOException {
        List<String> texts = new ArrayList<>(2);
        String type = request.getContentType();
        if (type != null && type.toLowerCase(Locale.ROOT).startsWith(FORM)) {
            texts.add(new String(body.read(RequestBody.USUAL_LIMIT), StandardCharsets.UTF_8));
        }
        // What stands in the form comes first, as Prometheus has it.
        String query = request.getQueryString();
        if (query != null) {
            texts.add(query);
        }
        return Parameters.parse(texts);
    }

    private void broken(
            HttpServletRequest request,
            HttpServletResponse response,
            ConnectionControl connection,
            Route route,
            RuntimeException e)
            throws IOException {
        byte[] bytes = new byte[4];
        random.nextBytes(bytes);
        String number = HexFormat.of().formatHex(bytes);
        LOG.error("Error {} in the handler of {} {}", number, route.method(), route.path(), e);
        if (response.isCommitted()) {
            connection.abort();
        } else {
            refuse(
                    request,
                    response,
                    500,
                    "This failed for a reason nobody foresaw. The log has more under the number " + number + ".");
        }
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, int status, String message)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(status);
        response.setHeader("Content-Encoding", null);
        response.setHeader("Cache-Control", "no-store");
        if (status == 401) {
            response.setHeader("WWW-Authenticate", "Bearer realm=\"Hearthwatch\"");
        }
        Optional<byte[]> text = PrometheusManners.text(request, status);
        byte[] body = text.orElseGet(() -> ErrorBody.of(request.getRequestURI(), status, message));
        response.setContentType(text.isPresent() ? "text/plain; charset=utf-8" : ErrorBody.TYPE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static String reason(int status) {
        return switch (status) {
            case 400 -> "malformed";
            case 401 -> "credentials";
            case 403 -> "forbidden";
            case 404 -> "not_found";
            case 405 -> "method";
            case 421 -> "host";
            default -> "unavailable";
        };
    }
}
