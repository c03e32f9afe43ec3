package org.hearthwatch.http.json;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.audit.AuditEntry;
import org.hearthwatch.api.audit.AuditEvent;
import org.hearthwatch.api.audit.AuditTrail;
import org.hearthwatch.api.audit.AuditUnavailableException;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;
import org.jspecify.annotations.Nullable;

/** The audit log: reading it, proving it, taking it along. What proves or copies it is a POST, so that it is on record. */
public final class AuditRoutes implements Routes {

    private static final int USUAL = 100;
    private static final int MOST = 10_000;

    private final Needed<AuditTrail> trail;

    public AuditRoutes(Needed<AuditTrail> trail) {
        this.trail = trail;
    }

    @Override
    public List<Route> routes() {
        var read = Guard.needs(Permission.read("read:audit"));
        var verify = Guard.needs(Permission.admin("verify:audit"));
        return List.of(
                Route.get("/api/hw/audit", read, this::entries),
                Route.get("/api/hw/audit/head", read, this::head),
                Route.post("/api/hw/audit/verify", verify, this::verify),
                Route.post("/api/hw/audit/checkpoint", verify, this::checkpoint),
                Route.post("/api/hw/audit/export", Guard.needs(Permission.admin("export:audit")), this::export));
    }

    private void entries(Exchange exchange) throws IOException, HttpProblem {
        int most = Json.number(exchange, "limit", USUAL, MOST);
        Json.write(
                exchange,
                trail.get().newest(most, wanted(exchange)).stream()
                        .map(EntryView::of)
                        .toList());
    }

    private static Predicate<AuditEntry> wanted(Exchange exchange) throws HttpProblem {
        Optional<String> actor = given(exchange, "actor");
        Optional<String> action = given(exchange, "action");
        Optional<String> outcome = given(exchange, "outcome");
        Optional<String> text = given(exchange, "text").map(word -> word.toLowerCase(Locale.ROOT));
        Optional<Instant> since = moment(exchange, "since");
        Optional<Instant> until = moment(exchange, "until");
        return entry -> {
            AuditEvent event = entry.event();
            return actor.map(event.actor()::equals).orElse(true)
                    && action.map(event.action()::startsWith).orElse(true)
                    && outcome.map(event.outcome().word()::equals).orElse(true)
                    && since.map(from -> !entry.time().isBefore(from)).orElse(true)
                    && until.map(to -> !entry.time().isAfter(to)).orElse(true)
                    && text.map(word -> mentions(event, word)).orElse(true);
        };
    }

    private static boolean mentions(AuditEvent event, String word) {
        return Stream.of(event.actor(), event.source(), event.action(), event.object(), event.reason())
                .anyMatch(part -> part.toLowerCase(Locale.ROOT).contains(word));
    }

    private static Optional<String> given(Exchange exchange, String name) {
        return exchange.parameter(name).filter(text -> !text.isEmpty());
    }

    private static Optional<Instant> moment(Exchange exchange, String name) throws HttpProblem {
        Optional<String> text = given(exchange, name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.ofEpochMilli((long) (Double.parseDouble(text.get()) * 1e3)));
        } catch (NumberFormatException | DateTimeException e) {
            throw new HttpProblem(400, name + " takes seconds since 1970.");
        }
    }

    private void head(Exchange exchange) throws IOException, HttpProblem {
        AuditTrail known = trail.get();
        AuditTrail.Head head = known.head();
        Json.write(
                exchange,
                new HeadView(head.size(), head.hash(), Json.secondsOrNull(known.lastCheckpoint()), known.verifier()));
    }

    private void verify(Exchange exchange) throws IOException, HttpProblem {
        AuditTrail.Verification found = trail.get().verify();
        Json.write(
                exchange,
                new VerificationView(
                        found.entries(), found.checkpoints(), found.problem().orElse(null)));
    }

    private void checkpoint(Exchange exchange) throws IOException, HttpProblem {
        try {
            Json.write(exchange, Map.of("note", trail.get().checkpoint()));
        } catch (AuditUnavailableException e) {
            throw new HttpProblem(503, String.valueOf(e.getMessage()));
        }
    }

    private void export(Exchange exchange) throws IOException, HttpProblem {
        Path folder = Files.createTempDirectory("hearthwatch-audit-");
        try {
            Path copy = folder.resolve("audit");
            trail.get().export(copy);
            exchange.header("Content-Disposition", "attachment; filename=\"audit.zip\"");
            try (var zip = new ZipOutputStream(exchange.respond(200, "application/zip"));
                    Stream<Path> files = Files.walk(copy)) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    put(zip, folder.relativize(file).toString(), file);
                }
            }
        } finally {
            remove(folder);
        }
    }

    private static void put(ZipOutputStream zip, String name, Path file) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        OutputStream out = zip;
        Files.copy(file, out);
        zip.closeEntry();
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private record HeadView(
            long size, String hash, @Nullable Double lastCheckpoint, String verifier) {}

    private record VerificationView(
            long entries, int checkpoints, @Nullable String problem) {}

    private record EntryView(
            long sequence,
            double time,
            String actor,
            String role,
            String source,
            String action,
            String object,
            String outcome,
            String reason) {
        static EntryView of(AuditEntry entry) {
            AuditEvent event = entry.event();
            return new EntryView(
                    entry.sequence(),
                    Json.seconds(entry.time()),
                    event.actor(),
                    event.role(),
                    event.source(),
                    event.action(),
                    event.object(),
                    event.outcome().word(),
                    event.reason());
        }
    }
}
