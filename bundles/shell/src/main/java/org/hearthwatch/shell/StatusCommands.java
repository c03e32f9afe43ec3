package org.hearthwatch.shell;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hearthwatch.api.config.ByteSize;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.api.health.Appliance;
import org.hearthwatch.api.health.Doctor;
import org.hearthwatch.api.health.Finding;
import org.hearthwatch.api.health.Finding.Severity;
import org.hearthwatch.api.health.Vitals;
import org.hearthwatch.api.store.StoreStatus;
import org.hearthwatch.shell.ShellCommand.Call;
import org.hearthwatch.shell.line.Syntax;
import org.hearthwatch.shell.text.Json;
import org.hearthwatch.shell.text.Moments;
import org.hearthwatch.shell.text.Numbers;
import org.hearthwatch.shell.text.Printable;

/** {@code hw:status} and {@code hw:doctor}: how the appliance is, and what ails it. */
final class StatusCommands {

    private final Services services;
    private final InstantSource clock;
    private final ZoneId zone;

    StatusCommands(Services services, InstantSource clock, ZoneId zone) {
        this.services = services;
        this.clock = clock;
        this.zone = zone;
    }

    List<ShellCommand> all() {
        return List.of(
                new ShellCommand(
                        Syntax.of("status", "Shows the appliance's vital figures")
                                .json(),
                        this::status),
                new ShellCommand(
                        Syntax.of("doctor", "Says what is wrong, why, and what to do about it")
                                .json()
                                .details("Exit code 1 when something critical or a warning is found."),
                        this::doctor));
    }

    private int status(Call call) throws CommandFailure {
        Vitals vitals = services.need(Appliance.class, "the runtime collector").vitals();
        if (call.json()) {
            call.screen().line(Json.object(json -> write(json, vitals)));
            return ShellCommand.OK;
        }
        Screen screen = call.screen();
        Duration age = Duration.between(vitals.started(), clock.instant());
        double load = age.toMillis() <= 0 ? 0 : vitals.cpuSeconds() / (age.toMillis() / 1e3) * 100;
        screen.foreign("Hearthwatch " + vitals.version() + " on " + vitals.hostName() + ", up "
                + HumanDuration.format(Duration.ofSeconds(Math.max(0, age.toSeconds()))));
        vitals.notices().forEach(notice -> screen.foreign("  ! " + notice));
        screen.line("  memory      " + new ByteSize(vitals.residentBytes()) + " resident, heap "
                + new ByteSize(vitals.heapUsedBytes()) + " of " + new ByteSize(vitals.heapMaxBytes()));
        screen.line(String.format(
                Locale.ROOT, "  CPU         %.1fs since the start, %.1f%% of one core", vitals.cpuSeconds(), load));
        screen.line("  collectors  " + vitals.collectors()
                + (vitals.failingCollectors() == 0
                        ? ", all well"
                        : ", " + vitals.failingCollectors() + " failing: see hw:collector-list"));
        vitals.store()
                .ifPresentOrElse(
                        store -> show(store, screen), () -> screen.line("  store       not running: see hw:doctor"));
        return ShellCommand.OK;
    }

    private void show(StoreStatus store, Screen screen) {
        screen.line("  store       " + store.series() + " series, " + Numbers.brief((double) store.samples())
                + " samples, "
                + Numbers.brief(store.samplesPerSecond()) + "/s, " + new ByteSize(store.memoryBytes()) + " memory, "
                + new ByteSize(store.diskBytes()) + " disk");
        if (store.oldest().isPresent() && store.newest().isPresent()) {
            screen.line("              " + Moments.show(store.oldest().get(), zone) + " to "
                    + Moments.show(store.newest().get(), zone));
        }
        store.readOnly().ifPresent(why -> screen.foreign("              takes nothing: " + why));
    }

    private static void write(Json json, Vitals vitals) {
        json.field("version", vitals.version())
                .field("hostName", vitals.hostName())
                .field("started", vitals.started())
                .field("residentBytes", vitals.residentBytes())
                .field("heapUsedBytes", vitals.heapUsedBytes())
                .field("heapMaxBytes", vitals.heapMaxBytes())
                .field("cpuSeconds", vitals.cpuSeconds())
                .field("collectors", vitals.collectors())
                .field("failingCollectors", vitals.failingCollectors())
                .strings("notices", vitals.notices());
        if (vitals.store().isEmpty()) {
            json.field("store", Optional.<Instant>empty());
            return;
        }
        StoreStatus store = vitals.store().get();
        json.object(
                "store",
                fields -> fields.field("series", store.series())
                        .field("samples", store.samples())
                        .field("samplesPerSecond", store.samplesPerSecond())
                        .field("memoryBytes", store.memoryBytes())
                        .field("diskBytes", store.diskBytes())
                        .field("oldest", store.oldest())
                        .field("newest", store.newest())
                        .field("readOnly", store.readOnly()));
    }

    private int doctor(Call call) throws CommandFailure {
        List<Finding> findings =
                services.need(Doctor.class, "the runtime collector").examine();
        if (call.json()) {
            call.screen()
                    .line(Json.array(
                            findings,
                            (json, finding) -> json.field("severity", word(finding.severity()))
                                    .field("subject", finding.subject())
                                    .field("problem", finding.problem())
                                    .field("remedy", finding.remedy())));
        } else if (findings.isEmpty()) {
            call.screen().line("All is well.");
        } else {
            for (Finding finding : findings) {
                call.screen()
                        .line(word(finding.severity()).toUpperCase(Locale.ROOT) + "  " + Printable.of(finding.subject())
                                + ": " + Printable.of(finding.problem()));
                call.screen().line("    → " + Printable.of(finding.remedy()));
            }
        }
        return findings.stream().allMatch(finding -> finding.severity() == Severity.INFO)
                ? ShellCommand.OK
                : ShellCommand.FAILED;
    }

    private static String word(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }
}
