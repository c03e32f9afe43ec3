package org.hearthwatch.http.json;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.backup.BackupException;
import org.hearthwatch.api.backup.Backups;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;
import org.jspecify.annotations.Nullable;

/**
 * The backups: what there is, making one, trying one, taking one away. Archives are known by the names of their files in the
 * configured folder; no path is taken from a request. A download is a POST, so that it is recorded before it is done and asks a
 * person for a fresh proof.
 */
public final class BackupRoutes implements Routes {

    private static final String NAME = "name";

    private final Needed<Backups> backups;

    public BackupRoutes(Needed<Backups> backups) {
        this.backups = backups;
    }

    @Override
    public List<Route> routes() {
        var read = Guard.needs(Permission.admin("read:backups"));
        var verify = Guard.needs(Permission.admin("verify:backups"));
        var manage = Guard.needs(Permission.admin("manage:backups"));
        var restore = Guard.needs(Permission.admin("restore:backups"));
        return List.of(
                Route.get("/api/hw/backups", read, this::list),
                Route.post("/api/hw/backups", manage, this::create),
                Route.get("/api/hw/backups/{name}/signature", read, this::signature),
                Route.post("/api/hw/backups/{name}/verify", verify, this::verify),
                Route.post("/api/hw/backups/{name}/drill", manage, this::drill),
                Route.post("/api/hw/backups/{name}/restore", restore, this::restore),
                Route.delete("/api/hw/backup-restore", restore, this::cancelRestore),
                Route.post(
                        "/api/hw/backups/{name}/download",
                        Guard.needs(Permission.admin("export:backups")),
                        this::download));
    }

    private void list(Exchange exchange) throws IOException, HttpProblem {
        try {
            Backups known = backups.get();
            Json.write(
                    exchange,
                    new BackupsView(
                            known.list().stream().map(ArchiveView::of).toList(),
                            known.warnings(),
                            known.lastDrill().map(DrillView::of).orElse(null)));
        } catch (BackupException e) {
            throw problem(e);
        }
    }

    private void create(Exchange exchange) throws IOException, HttpProblem {
        var body = Json.read(exchange, CreateBody.class);
        try {
            Json.write(exchange, ArchiveView.of(backups.get().create(body.samples())));
        } catch (BackupException e) {
            throw problem(e);
        }
    }

    private void verify(Exchange exchange) throws IOException, HttpProblem {
        var body = Json.read(exchange, OpeningBody.class);
        try (Opened opened = Opened.of(body)) {
            Json.write(
                    exchange,
                    ContentsView.of(backups.get().verify(archive(exchange).file(), body.deep(), opened.opening())));
        } catch (BackupException e) {
            throw problem(e);
        }
    }

    private void drill(Exchange exchange) throws IOException, HttpProblem {
        var body = Json.read(exchange, OpeningBody.class);
        try (Opened opened = Opened.of(body)) {
            Json.write(
                    exchange,
                    new FoundView(backups.get().drill(archive(exchange).file(), opened.opening())));
        } catch (BackupException e) {
            throw problem(e);
        }
    }

    /** Unpacks an archive beside the present state; the next start puts it in place. */
    private void restore(Exchange exchange) throws IOException, HttpProblem {
        var body = Json.read(exchange, OpeningBody.class);
        try (Opened opened = Opened.of(body)) {
            Json.write(
                    exchange,
                    ContentsView.of(backups.get().restore(archive(exchange).file(), opened.opening())));
        } catch (BackupException e) {
            throw problem(e);
        }
    }

    private void cancelRestore(Exchange exchange) throws IOException, HttpProblem {
        try {
            Json.write(exchange, Map.of("waited", backups.get().cancelRestore()));
        } catch (BackupException e) {
            throw problem(e);
        }
    }

    private void download(Exchange exchange) throws IOException, HttpProblem {
        Backups.Archive archive = archive(exchange);
        try (InputStream in = Files.newInputStream(archive.file())) {
            exchange.header("Content-Disposition", "attachment; filename=\"" + archive.name() + "\"");
            try (OutputStream out = exchange.respond(200, "application/octet-stream")) {
                in.transferTo(out);
            }
        }
    }

    private void signature(Exchange exchange) throws IOException, HttpProblem {
        Backups.Archive archive = archive(exchange);
        Path note = archive.file().resolveSibling(archive.name() + ".sig");
        if (!archive.signed()) {
            throw new HttpProblem(404, "This archive has no signature beside it.");
        }
        exchange.header("Content-Disposition", "attachment; filename=\"" + archive.name() + ".sig\"");
        exchange.respond(200, "text/plain; charset=utf-8", Files.readAllBytes(note));
    }

    private Backups.Archive archive(Exchange exchange) throws HttpProblem {
        String name = exchange.pathParameter(NAME);
        try {
            return backups.get().list().stream()
                    .filter(archive -> archive.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new HttpProblem(404, "There is no such archive in the folder of backups."));
        } catch (BackupException e) {
            throw problem(e);
        }
    }

    private static HttpProblem problem(BackupException e) {
        return new HttpProblem(409, String.valueOf(e.getMessage()));
    }

    /** How an archive is to be opened, with the secret that is wiped afterwards. */
    private record Opened(Backups.Opening opening, Optional<Secret> secret) implements AutoCloseable {

        static Opened of(OpeningBody body) throws HttpProblem {
            if (body.identity() != null && body.passphrase() != null) {
                throw new HttpProblem(400, "Give identity or passphrase, not both.");
            }
            Optional<Secret> secret =
                    Optional.ofNullable(body.identity()).or(() -> Optional.ofNullable(body.passphrase()));
            Optional<Backups.Key> key = secret.map(value ->
                    body.identity() == null ? new Backups.Key.Passphrase(value) : new Backups.Key.Identity(value));
            return new Opened(
                    new Backups.Opening(key, Optional.ofNullable(body.verifier()), body.acceptUnsigned()), secret);
        }

        @Override
        public void close() {
            secret.ifPresent(Secret::close);
        }
    }

    private record CreateBody(boolean samples) {}

    private record OpeningBody(
            boolean deep,
            @Nullable Secret identity,
            @Nullable Secret passphrase,
            @Nullable String verifier,
            boolean acceptUnsigned) {}

    private record BackupsView(
            List<ArchiveView> archives,
            List<String> warnings,
            @Nullable DrillView lastDrill) {}

    private record ArchiveView(String name, double created, long bytes, boolean signed, boolean samples) {

        static ArchiveView of(Backups.Archive archive) {
            return new ArchiveView(
                    archive.name(),
                    Json.seconds(archive.created()),
                    archive.bytes(),
                    archive.signed(),
                    archive.name().contains("-samples"));
        }
    }

    private record DrillView(double time, String archive, boolean passed, List<String> found) {

        static DrillView of(Backups.Drill drill) {
            return new DrillView(Json.seconds(drill.time()), drill.archive(), drill.passed(), drill.found());
        }
    }

    private record ContentsView(
            double created, String version, int files, long bytes, boolean samples, String signature) {

        static ContentsView of(Backups.Contents contents) {
            return new ContentsView(
                    Json.seconds(contents.created()),
                    contents.version(),
                    contents.files(),
                    contents.bytes(),
                    contents.samples(),
                    contents.signature());
        }
    }

    private record FoundView(List<String> found) {}
}
