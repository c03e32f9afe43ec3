package org.hearthwatch.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Serves the console's files to everyone: they hold no data, and a stranger needs them to sign in. The files are those the
 * build listed in {@code files.txt}, read once; no path from a request ever reaches a file system or class loader.
 */
@Component(service = Routes.class)
public final class Console implements Routes {

    private static final String INDEX = "index.html";

    /** The first segments of addresses that the pages answer themselves. */
    private static final Set<String> PAGES =
            Set.of("", "setup", "sign-in", "hosts", "alerts", "health", "plugins", "security", "settings");

    private final Map<String, ConsoleFile> files;

    @Activate
    public Console() throws IOException {
        this(read());
    }

    Console(Map<String, ConsoleFile> files) {
        this.files = Map.copyOf(files);
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/{rest...}", Guard.open(), this::serve));
    }

    private void serve(Exchange exchange) throws IOException, HttpProblem {
        String path = exchange.pathParameter("rest");
        ConsoleFile file = files.get(isPage(path) ? INDEX : path);
        if (file == null) {
            throw new HttpProblem(404, "There is nothing at " + exchange.path() + ". The console begins at /.");
        }
        exchange.header("ETag", file.etag());
        exchange.header("Cache-Control", file.cacheControl());
        if (exchange.header("If-None-Match")
                .filter(known -> matches(known, file.etag()))
                .isPresent()) {
            exchange.respond(304);
        } else {
            exchange.respond(200, file.contentType(), file.content());
        }
    }

    private static boolean isPage(String path) {
        int slash = path.indexOf('/');
        return slash != 0 && PAGES.contains(slash < 0 ? path : path.substring(0, slash));
    }

    /** Compares weakly, as a conditional GET does: a proxy that compressed the file has weakened its tag. */
    private static boolean matches(String known, String etag) {
        for (String candidate : known.split(",", -1)) {
            String tag = candidate.strip();
            if (tag.equals("*") || tag.equals(etag) || tag.equals("W/" + etag)) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, ConsoleFile> read() throws IOException {
        Map<String, ConsoleFile> files = new LinkedHashMap<>();
        for (String path : new String(resource("files.txt"), StandardCharsets.UTF_8).split("\n", -1)) {
            if (!path.isEmpty()) {
                files.put(path, ConsoleFile.of(path, resource(path)));
            }
        }
        return files;
    }

    private static byte[] resource(String path) throws IOException {
        try (InputStream in = Console.class.getResourceAsStream("web/" + path)) {
            if (in == null) {
                throw new IOException("The console bundle lacks web/" + path + "; it was not built whole");
            }
            return in.readAllBytes();
        }
    }
}
