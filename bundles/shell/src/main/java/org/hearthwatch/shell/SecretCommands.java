package org.hearthwatch.shell;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SecretStore;
import org.hearthwatch.api.secret.VaultException;
import org.hearthwatch.shell.ShellCommand.Call;
import org.hearthwatch.shell.line.Completion;
import org.hearthwatch.shell.line.Completion.Suggestion;
import org.hearthwatch.shell.line.Syntax;
import org.hearthwatch.shell.line.UsageException;
import org.hearthwatch.shell.text.Json;
import org.hearthwatch.shell.text.Moments;
import org.hearthwatch.shell.text.Table;

/** {@code hw:secret-list}, {@code -set}, {@code -get}, {@code -history}, {@code -delete} and {@code -rotate}. */
final class SecretCommands {

    private static final String STORE = "the vault";
    private static final String NAME = "NAME";
    private static final String VERSION = "--version";
    private static final String STDIN = "--stdin";
    private static final String FILE = "--file";
    private static final String BASE64 = "--base64";
    private static final int MOST_BYTES = 64 * 1024;

    private final Services services;
    private final ZoneId zone;

    SecretCommands(Services services, ZoneId zone) {
        this.services = services;
        this.zone = zone;
    }

    List<ShellCommand> all() {
        String known = "The secret, as in hw:secret-list";
        return List.of(
                new ShellCommand(
                        Syntax.of("secret-list", "Lists the secrets in the vault, never their values")
                                .json(),
                        this::list),
                new ShellCommand(
                        Syntax.of("secret-set", "Keeps a secret in the vault, as a new version where there is one")
                                .argument(NAME, "A path such as smtp/password", this::names)
                                .option(
                                        FILE,
                                        "PATH",
                                        "Reads the value from a file on the appliance's machine; an absolute path",
                                        Completion.NONE)
                                .flag(STDIN, "Reads the value from the standard input")
                                .details(
                                        "Settings name it as  secret:NAME  , those of other bundles as  $[secret:NAME]  .\n"
                                                + "The value is never a word of the command; it is typed twice unseen, or read from a file or the"
                                                + " standard input,\nwithout a line end behind it."),
                        this::set),
                new ShellCommand(
                        Syntax.of("secret-get", "Shows the value of a secret; the audit log says that you saw it")
                                .argument(NAME, known, this::names)
                                .option(VERSION, "N", "A former version, as in hw:secret-history", Completion.NONE)
                                .flag(BASE64, "Shows the bytes in base64, for values that are no text")
                                .json(),
                        this::get),
                new ShellCommand(
                        Syntax.of("secret-history", "Lists the versions of a secret that are kept")
                                .argument(NAME, known, this::names)
                                .json(),
                        this::history),
                new ShellCommand(
                        Syntax.of("secret-delete", "Removes a secret with all its versions")
                                .argument(NAME, known, this::names),
                        this::delete),
                new ShellCommand(
                        Syntax.of("secret-rotate", "Has a secret changed at its source, and keeps the new value")
                                .argument(NAME, known, this::names),
                        this::rotate));
    }

    private List<Suggestion> names() {
        try {
            Optional<SecretStore> store = services.find(SecretStore.class);
            return store.isEmpty()
                    ? List.of()
                    : store.get().list().stream()
                            .map(secret -> new Suggestion(secret.name(), "version " + secret.version()))
                            .toList();
        } catch (VaultException e) {
            return List.of();
        }
    }

    private SecretStore store() throws CommandFailure {
        return services.need(SecretStore.class, STORE);
    }

    private int list(Call call) throws CommandFailure, VaultException {
        List<SecretStore.Info> secrets = store().list();
        if (call.json()) {
            call.screen().line(Json.array(secrets, SecretCommands::write));
            return ShellCommand.OK;
        }
        var table = new Table("NAME", "VERSION", "CHANGED", "KEPT", "ROTATES");
        secrets.forEach(secret -> table.row(
                secret.name(),
                Integer.toString(secret.version()),
                Moments.show(secret.changed(), zone),
                Integer.toString(secret.versions()),
                secret.rotates() ? "yes" : "by hand"));
        call.screen().table(table, "There are no secrets yet. Keep one with  hw:secret-set smtp/password");
        return ShellCommand.OK;
    }

    private static void write(Json json, SecretStore.Info secret) {
        json.field("name", secret.name())
                .field("version", secret.version())
                .field("changed", secret.changed())
                .field("versions", secret.versions())
                .field("rotates", secret.rotates());
    }

    private int set(Call call) throws CommandFailure, UsageException, VaultException {
        String name = call.arguments().get(NAME);
        SecretStore store = store();
        try (Secret value = value(call)) {
            SecretStore.Info kept = store.set(name, value);
            call.screen()
                    .foreign(name + " is in the vault, version " + kept.version() + ". Settings name it as secret:"
                            + name);
        }
        return ShellCommand.OK;
    }

    private static Secret value(Call call) throws CommandFailure, UsageException {
        Optional<String> file = call.arguments().find(FILE);
        boolean stdin = call.arguments().has(STDIN);
        if (file.isPresent() && stdin) {
            throw new UsageException("give " + FILE + " or " + STDIN + ", not both");
        }
        try {
            if (file.isPresent()) {
                Path path = Path.of(file.get());
                if (!path.isAbsolute()) {
                    throw new UsageException(
                            FILE + " needs an absolute path: the appliance reads it, in its own directory");
                }
                try (InputStream in = Files.newInputStream(path)) {
                    return whole(in, path.toString());
                }
            }
            return stdin
                    ? whole(call.keyboard().input(), "the standard input")
                    : Passwords.typed(call, "value", STDIN, FILE);
        } catch (IOException e) {
            throw new CommandFailure("The value could not be read: " + e);
        }
    }

    private static Secret whole(InputStream in, String source) throws IOException, CommandFailure {
        byte[] bytes = in.readNBytes(MOST_BYTES + 2);
        int length = bytes.length;
        if (length > 0 && bytes[length - 1] == '\n') {
            length--;
        }
        if (length == 0 || length > MOST_BYTES) {
            Arrays.fill(bytes, (byte) 0);
            throw new CommandFailure("A secret has 1 to " + MOST_BYTES + " bytes, and " + source
                    + (length == 0 ? " is empty" : " has more"));
        }
        byte[] value = Arrays.copyOf(bytes, length);
        Secret secret = Secret.ofBytes(value);
        Arrays.fill(bytes, (byte) 0);
        Arrays.fill(value, (byte) 0);
        return secret;
    }

    private int get(Call call) throws CommandFailure, UsageException, VaultException {
        String name = call.arguments().get(NAME);
        Optional<Integer> version = call.arguments().find(VERSION, SecretCommands::version);
        OptionalInt wanted = version.isPresent() ? OptionalInt.of(version.get()) : OptionalInt.empty();
        try (Secret secret = store().get(name, wanted)) {
            byte[] bytes = secret.reveal();
            String text = call.arguments().has(BASE64)
                    ? Base64.getEncoder().encodeToString(bytes)
                    : new String(bytes, StandardCharsets.UTF_8);
            Arrays.fill(bytes, (byte) 0);
            if (call.json()) {
                call.screen().line(Json.object(json -> json.field("name", name).field("value", text)));
            } else if (call.screen().width() == 0) {
                call.screen().line(text);
            } else {
                call.screen().foreign(text);
            }
        }
        return ShellCommand.OK;
    }

    private static int version(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + text + "\" is no version; they count from 1", e);
        }
        throw new IllegalArgumentException(text + " is no version; they count from 1");
    }

    private int history(Call call) throws CommandFailure, VaultException {
        List<SecretStore.Version> versions = store().history(call.arguments().get(NAME));
        if (call.json()) {
            call.screen()
                    .line(Json.array(
                            versions,
                            (json, version) ->
                                    json.field("version", version.number()).field("created", version.created())));
            return ShellCommand.OK;
        }
        var table = new Table("VERSION", "CREATED");
        versions.forEach(
                version -> table.row(Integer.toString(version.number()), Moments.show(version.created(), zone)));
        call.screen().table(table, "There is no version.");
        return ShellCommand.OK;
    }

    private int delete(Call call) throws CommandFailure, VaultException {
        String name = call.arguments().get(NAME);
        store().delete(name);
        call.screen().foreign(name + " is no longer in the vault. Backups made before still hold it.");
        return ShellCommand.OK;
    }

    private int rotate(Call call) throws CommandFailure, VaultException {
        String name = call.arguments().get(NAME);
        SecretStore.Info kept = store().rotate(name);
        call.screen().foreign(name + " has a new value, version " + kept.version() + "; the former one is ended.");
        return ShellCommand.OK;
    }
}
