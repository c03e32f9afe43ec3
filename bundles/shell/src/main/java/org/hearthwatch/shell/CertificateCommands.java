package org.hearthwatch.shell;

import java.io.IOException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hearthwatch.api.net.CertificateStatus;
import org.hearthwatch.api.net.Certificates;
import org.hearthwatch.api.secret.SecretRef;
import org.hearthwatch.api.web.WebAddress;
import org.hearthwatch.shell.ShellCommand.Call;
import org.hearthwatch.shell.line.Completion;
import org.hearthwatch.shell.line.Syntax;
import org.hearthwatch.shell.line.UsageException;
import org.hearthwatch.shell.text.Json;
import org.hearthwatch.shell.text.Moments;
import org.hearthwatch.shell.text.Printable;

/** {@code hw:tls-status}, {@code hw:tls-ca-export}, {@code hw:certificate-import} and {@code hw:certificate-renew}. */
final class CertificateCommands {

    private static final String TLS = "TLS, the bundle transport";

    private final Services services;
    private final InstantSource clock;
    private final ZoneId zone;

    CertificateCommands(Services services, InstantSource clock, ZoneId zone) {
        this.services = services;
        this.clock = clock;
        this.zone = zone;
    }

    List<ShellCommand> all() {
        return List.of(
                new ShellCommand(
                        Syntax.of("tls-status", "Shows where HTTPS is served, and with which certificate")
                                .json(),
                        this::status),
                new ShellCommand(
                        Syntax.of("tls-ca-export", "Prints the certificate of the appliance's own authority, in PEM")
                                .details(
                                        "Browsers and scrapers that trust it trust the appliance's HTTPS, now and after"
                                                + " each renewal. Compare its fingerprint on the way: hw:tls-status."),
                        this::export),
                new ShellCommand(
                        Syntax.of("certificate-import", "Serves HTTPS with a certificate of your own")
                                .argument(
                                        "CHAIN",
                                        "PEM file: the certificate, then those it was issued by",
                                        Completion.NONE)
                                .argument("KEY", "PEM file with its key", Completion.NONE)
                                .option(
                                        "--password",
                                        "REFERENCE",
                                        "Where the key's password is: secret:NAME, file:/PATH, env:NAME, credential:NAME",
                                        Completion.NONE)
                                .json()
                                .details("The files are copied. For files that somebody else renews, name them in"
                                        + " etc/org.hearthwatch.transport.cfg instead."),
                        this::take),
                new ShellCommand(
                        Syntax.of("certificate-renew", "Issues the appliance's own certificate anew, and serves it")
                                .flag("--new-key", "With another key; pins of the former one fail then")
                                .json(),
                        this::renew));
    }

    private int status(Call call) throws CommandFailure {
        Optional<CertificateStatus> status =
                services.need(Certificates.class, TLS).status();
        List<String> addresses = services.find(WebAddress.class).map(WebAddress::secure).orElse(List.of()).stream()
                .map(URI::toString)
                .toList();
        if (call.json()) {
            call.screen().line(Json.object(json -> {
                json.strings("addresses", addresses);
                status.ifPresent(now -> json.object("certificate", fields -> write(fields, now)));
            }));
            return ShellCommand.OK;
        }
        Screen screen = call.screen();
        if (addresses.isEmpty()) {
            screen.line("HTTPS is served nowhere. To be reached from other machines, set addresses in"
                    + " etc/org.hearthwatch.http.cfg.");
        }
        addresses.forEach(address -> screen.foreign("Serves " + address + ", TLS 1.3"));
        status.ifPresent(now -> show(screen, now));
        return ShellCommand.OK;
    }

    private void show(Screen screen, CertificateStatus status) {
        long days = Duration.between(clock.instant(), status.notAfter()).toDays();
        String source = switch (status.source()) {
            case OWN -> "our own, renewed by itself";
            case TAKEN -> "imported";
            case CONFIGURED -> "the files in etc/org.hearthwatch.transport.cfg";
        };
        screen.line("  certificate  " + source);
        screen.line("  names        " + Printable.of(String.join(", ", status.names())));
        screen.line("  issuer       " + Printable.of(status.issuer()));
        screen.line("  valid        until " + Moments.show(status.notAfter(), zone) + ", " + days + " days");
        screen.line("  SHA-256      " + status.fingerprint());
        screen.line("  pin          " + status.pin());
        status.authority().ifPresent(authority -> screen.line("  authority    " + authority));
        status.problem().ifPresent(problem -> screen.foreign("  problem      " + problem));
    }

    private int export(Call call) throws CommandFailure {
        try {
            call.screen().out().print(services.need(Certificates.class, TLS).authorityPem());
            return ShellCommand.OK;
        } catch (IOException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
    }

    private int take(Call call) throws CommandFailure, UsageException {
        Optional<SecretRef> password = Optional.empty();
        Optional<String> reference = call.arguments().find("--password");
        if (reference.isPresent()) {
            if (!SecretRef.isReference(reference.get())) {
                throw new UsageException("--password takes where the password is, such as secret:tls/key, never the"
                        + " password itself");
            }
            password = Optional.of(SecretRef.parse(reference.get()));
        }
        try {
            return shown(
                    call,
                    services.need(Certificates.class, TLS).take(path(call, "CHAIN"), path(call, "KEY"), password));
        } catch (IOException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
    }

    private static Path path(Call call, String argument) throws UsageException {
        try {
            Path path = Path.of(call.arguments().get(argument));
            if (path.isAbsolute()) {
                return path;
            }
        } catch (InvalidPathException e) {
            throw new UsageException(argument + " is not a path: " + e.getMessage());
        }
        throw new UsageException(argument + " takes an absolute path");
    }

    private int renew(Call call) throws CommandFailure {
        try {
            return shown(
                    call,
                    services.need(Certificates.class, TLS)
                            .renew(call.arguments().has("--new-key")));
        } catch (IOException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
    }

    private int shown(Call call, CertificateStatus status) {
        if (call.json()) {
            call.screen().line(Json.object(json -> write(json, status)));
        } else {
            call.screen().line("From now on HTTPS shows");
            show(call.screen(), status);
        }
        return ShellCommand.OK;
    }

    private static void write(Json json, CertificateStatus status) {
        json.field("source", status.source().name().toLowerCase(Locale.ROOT))
                .strings("names", status.names())
                .field("issuer", status.issuer())
                .field("notBefore", status.notBefore())
                .field("notAfter", status.notAfter())
                .field("sha256", status.fingerprint())
                .field("pin", status.pin())
                .field("authority", status.authority())
                .field("problem", status.problem());
    }
}
