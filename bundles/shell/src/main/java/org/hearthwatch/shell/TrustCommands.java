package org.hearthwatch.shell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.hearthwatch.api.plugin.Plugins.PluginRefusal;
import org.hearthwatch.api.plugin.TrustStore;
import org.hearthwatch.api.plugin.TrustedKey;
import org.hearthwatch.shell.ShellCommand.Call;
import org.hearthwatch.shell.line.Completion;
import org.hearthwatch.shell.line.Completion.Suggestion;
import org.hearthwatch.shell.line.Syntax;
import org.hearthwatch.shell.line.UsageException;
import org.hearthwatch.shell.text.Json;
import org.hearthwatch.shell.text.Moments;
import org.hearthwatch.shell.text.Table;

/** {@code hw:plugin-trust-list}, {@code hw:plugin-trust-add} and {@code hw:plugin-trust-revoke}. */
final class TrustCommands {

    private static final String ENGINE = "the plugin engine";
    private static final String FINGERPRINT = "FINGERPRINT";
    private static final int SHORT = 12;
    private static final int LONGEST_FILE = 64 << 10;

    private final Services services;
    private final ZoneId zone;

    TrustCommands(Services services, ZoneId zone) {
        this.services = services;
        this.zone = zone;
    }

    List<ShellCommand> all() {
        Completion fingerprints = () -> services.find(TrustStore.class).map(TrustStore::keys).orElse(List.of()).stream()
                .map(key -> new Suggestion(key.fingerprint(), key.name()))
                .toList();
        return List.of(
                new ShellCommand(
                        Syntax.of("plugin-trust-list", "Lists whose signatures let plugins in")
                                .json()
                                .details("The keys are the files in etc/trust; what is wrong with one is shown with its line."),
                        this::list),
                new ShellCommand(
                        Syntax.of("plugin-trust-add", "Lets in what a key signs from now on")
                                .argument("FILE", "The public key, a .pub file as plugin-key makes it", Completion.NONE)
                                .json()
                                .details("Compare the fingerprint with what the key's owner says, on another way than the"
                                        + " file came."),
                        this::add),
                new ShellCommand(
                        Syntax.of("plugin-trust-revoke", "Never lets in again what a key signs, and stops what it let in")
                                .argument(
                                        FINGERPRINT,
                                        "As in hw:plugin-trust-list, whole or at least its first 12 digits",
                                        fingerprints)
                                .option("--reason", "TEXT", "Why, for those who read the list later", Completion.NONE)
                                .json(),
                        this::revoke));
    }

    private int list(Call call) throws CommandFailure {
        TrustStore trust = services.need(TrustStore.class, ENGINE);
        if (call.json()) {
            call.screen().line(Json.array(trust.keys(), TrustCommands::write));
            return ShellCommand.OK;
        }
        var table = new Table("NAME", "STATE", "ROLES", "EXPIRES", "FILE", "FINGERPRINT");
        trust.keys()
                .forEach(key -> table.row(
                        key.name(),
                        key.state().name(),
                        String.join(", ", key.roles()),
                        key.expires().map(time -> Moments.show(time, zone)).orElse("never"),
                        key.file(),
                        key.fingerprint().substring(0, SHORT)));
        call.screen()
                .table(
                        table,
                        "No key is trusted: every plugin waits for an administrator's approval. hw:plugin-trust-add FILE"
                                + " trusts one.");
        trust.problems().forEach(call.screen()::foreign);
        return ShellCommand.OK;
    }

    private int add(Call call) throws CommandFailure, UsageException, PluginRefusal {
        String file = call.arguments().get("FILE");
        String text;
        try {
            Path path = Path.of(file);
            if (!path.isAbsolute()) {
                throw new UsageException("FILE takes an absolute path");
            }
            try (var in = Files.newInputStream(path)) {
                text = new String(in.readNBytes(LONGEST_FILE), StandardCharsets.UTF_8);
            }
        } catch (InvalidPathException e) {
            throw new UsageException("FILE is not a path: " + e.getMessage());
        } catch (IOException e) {
            throw new CommandFailure(file + " cannot be read: " + e);
        }
        return shown(call, services.need(TrustStore.class, ENGINE).add(text, call.user()), "is trusted now");
    }

    private int revoke(Call call) throws CommandFailure, PluginRefusal {
        TrustedKey key = services.need(TrustStore.class, ENGINE)
                .revoke(
                        call.arguments().get(FINGERPRINT),
                        call.arguments().find("--reason").orElse(""),
                        call.user());
        return shown(call, key, "is revoked; plugins it let in are stopped");
    }

    private static int shown(Call call, TrustedKey key, String what) {
        if (call.json()) {
            call.screen().line(Json.object(json -> write(json, key)));
        } else {
            call.screen().foreign(key.name() + " " + what + ". Fingerprint " + key.fingerprint());
        }
        return ShellCommand.OK;
    }

    private static void write(Json json, TrustedKey key) {
        json.field("name", key.name())
                .field("fingerprint", key.fingerprint())
                .field("state", key.state().name().toLowerCase(Locale.ROOT))
                .strings("roles", key.roles())
                .field("expires", key.expires())
                .field("file", key.file());
    }
}
