package org.hearthwatch.shell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.backup.BackupException;
import org.hearthwatch.api.backup.Backups;
import org.hearthwatch.api.config.ByteSize;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.shell.ShellCommand.Call;
import org.hearthwatch.shell.line.Completion;
import org.hearthwatch.shell.line.Completion.Suggestion;
import org.hearthwatch.shell.line.Syntax;
import org.hearthwatch.shell.line.UsageException;
import org.hearthwatch.shell.text.Json;
import org.hearthwatch.shell.text.Moments;
import org.hearthwatch.shell.text.Table;

/** {@code hw:backup-create}, {@code -list}, {@code -verify}, {@code -drill} and {@code -restore}. */
final class BackupCommands {

    private static final String SERVICE = "the backup service";
    private static final String FILE = "FILE";
    private static final String SAMPLES = "--samples";
    private static final String DEEP = "--deep";
    private static final String IDENTITY = "--identity";
    private static final String PASSPHRASE = "--passphrase";
    private static final String SHARES = "--shares";
    private static final String VERIFIER = "--verifier";
    private static final String UNSIGNED = "--accept-unsigned";
    private static final String CANCEL = "--cancel";
    private static final long MOST_IDENTITY = 4096;
    private static final long MOST_VERIFIER = 16 * 1024;

    private final Services services;
    private final ZoneId zone;

    BackupCommands(Services services, ZoneId zone) {
        this.services = services;
        this.zone = zone;
    }

    List<ShellCommand> all() {
        return List.of(
                new ShellCommand(
                        Syntax.of("backup-create", "Makes an encrypted backup of settings and state")
                                .flag(SAMPLES, "The samples too")
                                .json(),
                        this::create),
                new ShellCommand(
                        Syntax.of("backup-list", "Lists the backups, and what should be known about them")
                                .json(),
                        this::list),
                new ShellCommand(
                        opening(Syntax.of("backup-verify", "Says whether a backup is whole and who signed it")
                                        .argument(FILE, "The archive; a whole path", this::files))
                                .flag(DEEP, "Reads every byte of it")
                                .json(),
                        this::verify),
                new ShellCommand(
                        opening(Syntax.of(
                                        "backup-drill",
                                        "Unpacks a backup on trial, tries its vault, and removes it again")
                                .argument(FILE, "The archive; a whole path", this::files)),
                        this::drill),
                new ShellCommand(
                        opening(Syntax.of("backup-restore", "Unpacks a backup; the next start puts it in place")
                                        .optionalArgument(FILE, "The archive; a whole path", this::files))
                                .flag(CANCEL, "Takes back a restore that waits for the next start")
                                .details("Nothing is changed before the next start. What is there now goes to"
                                        + " state/restore/done/former."),
                        this::restore));
    }

    private static Syntax opening(Syntax syntax) {
        return Cards.options(Passwords.options(syntax))
                .option(
                        IDENTITY,
                        "PATH",
                        "A file with a private key of age, as age-keygen makes it; the appliance's own key where not"
                                + " given",
                        Completion.NONE)
                .flag(PASSPHRASE, "The archive opens by a passphrase, which is read as a password is")
                .flag(SHARES, "The archive opens by share cards of the vault, which are typed unseen")
                .option(
                        VERIFIER,
                        "KEY",
                        "The public keys of the appliance that made it, as in its hw:backup-list, or a file with them"
                                + " (its state/hearthwatch/backup/verifier); this one's where not given",
                        Completion.NONE)
                .flag(UNSIGNED, "Takes an archive without a signature that counts");
    }

    private List<Suggestion> files() {
        try {
            Optional<Backups> backups = services.find(Backups.class);
            return backups.isEmpty()
                    ? List.of()
                    : backups.get().list().stream()
                            .map(archive -> new Suggestion(archive.file().toString(), ""))
                            .toList();
        } catch (BackupException e) {
            return List.of();
        }
    }

    private Backups backups() throws CommandFailure {
        return services.need(Backups.class, SERVICE);
    }

    private int create(Call call) throws CommandFailure, BackupException {
        Backups backups = backups();
        Backups.Archive made = backups.create(call.arguments().has(SAMPLES));
        if (call.json()) {
            call.screen().line(Json.object(json -> write(json, made)));
            return ShellCommand.OK;
        }
        call.screen().foreign("The backup is " + made.file() + ", " + new ByteSize(made.bytes()) + ".");
        backups.warnings().forEach(call.screen()::foreign);
        return ShellCommand.OK;
    }

    private int list(Call call) throws CommandFailure, BackupException {
        Backups backups = backups();
        List<Backups.Archive> archives = backups.list();
        if (call.json()) {
            call.screen().line(Json.array(archives, BackupCommands::write));
            return ShellCommand.OK;
        }
        var table = new Table("CREATED", "SIZE", "SIGNED", "FILE");
        archives.forEach(archive -> table.row(
                Moments.show(archive.created(), zone),
                new ByteSize(archive.bytes()).toString(),
                archive.signed() ? "yes" : "no",
                archive.file().toString()));
        call.screen().table(table, "There is no backup yet. Make one with  hw:backup-create");
        backups.lastDrill()
                .ifPresent(drill -> call.screen()
                        .foreign((drill.passed() ? "Last unpacked on trial: " : "LAST TRIAL FAILED: ") + drill.archive()
                                + ", " + Moments.show(drill.time(), zone) + ", "
                                + String.join("; ", drill.found())));
        if (!archives.isEmpty()) {
            call.screen().foreign("Public keys of this appliance's backups: " + backups.verifier());
        }
        backups.warnings().forEach(call.screen()::foreign);
        return ShellCommand.OK;
    }

    private static void write(Json json, Backups.Archive archive) {
        json.field("file", archive.file().toString())
                .field("created", archive.created())
                .field("bytes", archive.bytes())
                .field("signed", archive.signed());
    }

    private int verify(Call call) throws CommandFailure, UsageException, BackupException {
        boolean deep = call.arguments().has(DEEP);
        try (Opened opened = Opened.of(call)) {
            Backups.Contents contents = backups().verify(file(call), deep, opened.opening());
            if (call.json()) {
                call.screen()
                        .line(Json.object(json -> json.field("created", contents.created())
                                .field("version", contents.version())
                                .field("files", contents.files())
                                .field("bytes", contents.bytes())
                                .field("samples", contents.samples())
                                .field("signature", contents.signature())));
                return ShellCommand.OK;
            }
            describe(call, contents);
            call.screen()
                    .line(
                            deep
                                    ? "Every file in it is as its manifest says."
                                    : "Its beginning is right; --deep reads all of it.");
        }
        return ShellCommand.OK;
    }

    private void describe(Call call, Backups.Contents contents) {
        call.screen()
                .foreign("Made " + Moments.show(contents.created(), zone) + " by version " + contents.version() + ": "
                        + contents.files() + " files, " + new ByteSize(contents.bytes())
                        + (contents.samples() ? ", with samples" : ", without samples") + ". Signature: "
                        + contents.signature() + ".");
    }

    private int drill(Call call) throws CommandFailure, UsageException, BackupException {
        try (Opened opened = Opened.of(call)) {
            backups().drill(file(call), opened.opening()).forEach(call.screen()::foreign);
        }
        return ShellCommand.OK;
    }

    private int restore(Call call) throws CommandFailure, UsageException, BackupException {
        if (call.arguments().has(CANCEL)) {
            call.screen()
                    .line(
                            backups().cancelRestore()
                                    ? "The restore is taken back; nothing was changed."
                                    : "No restore was waiting.");
            return ShellCommand.OK;
        }
        if (call.arguments().find(FILE).isEmpty()) {
            throw new UsageException(FILE + " is missing");
        }
        try (Opened opened = Opened.of(call)) {
            describe(call, backups().restore(file(call), opened.opening()));
        }
        call.screen()
                .line("It is unpacked and takes effect at the next start: ./hearthwatch stop, then ./hearthwatch"
                        + " start.");
        call.screen()
                .line("If the vault stays sealed then, being older than the audit log: hw:vault-unseal"
                        + " --accept-rollback");
        return ShellCommand.OK;
    }

    private static Path file(Call call) throws UsageException {
        Path file = call.arguments().get(FILE, Path::of);
        if (!file.isAbsolute()) {
            throw new UsageException("name the archive by its whole path");
        }
        return file;
    }

    /** How an archive is to be opened, with the secrets that are wiped afterwards. */
    private record Opened(Backups.Opening opening, List<Secret> secrets) implements AutoCloseable {

        static Opened of(Call call) throws CommandFailure, UsageException {
            Optional<String> identity = call.arguments().find(IDENTITY);
            boolean passphrase = call.arguments().has(PASSPHRASE);
            boolean shares = call.arguments().has(SHARES);
            if ((identity.isPresent() ? 1 : 0) + (passphrase ? 1 : 0) + (shares ? 1 : 0) > 1) {
                throw new UsageException("give one of " + IDENTITY + ", " + PASSPHRASE + " and " + SHARES);
            }
            Optional<Backups.Key> key = Optional.empty();
            List<Secret> secrets = List.of();
            if (identity.isPresent()) {
                secrets = List.of(identity(identity.get()));
                key = Optional.of(new Backups.Key.Identity(secrets.get(0)));
            } else if (passphrase) {
                secrets = List.of(Passwords.present(call));
                key = Optional.of(new Backups.Key.Passphrase(secrets.get(0)));
            } else if (shares) {
                secrets = Cards.read(call);
                key = Optional.of(new Backups.Key.Cards(secrets));
            }
            return new Opened(
                    new Backups.Opening(
                            key,
                            verifier(call.arguments().find(VERIFIER)),
                            call.arguments().has(UNSIGNED)),
                    secrets);
        }

        private static Optional<String> verifier(Optional<String> word) throws CommandFailure {
            if (word.isEmpty() || !word.get().startsWith("/")) {
                return word;
            }
            Path file = Path.of(word.get());
            try {
                if (Files.size(file) > MOST_VERIFIER) {
                    throw new CommandFailure(file + " is too long to hold the public keys of an appliance");
                }
                return Optional.of(Files.readString(file, StandardCharsets.US_ASCII));
            } catch (IOException e) {
                throw new CommandFailure("The public keys could not be read: " + e);
            }
        }

        private static Secret identity(String path) throws CommandFailure, UsageException {
            Path file = Path.of(path);
            if (!file.isAbsolute()) {
                throw new UsageException(
                        IDENTITY + " needs an absolute path: the appliance reads it, in its own directory");
            }
            try {
                if (Files.size(file) > MOST_IDENTITY) {
                    throw new CommandFailure(path + " is too long to be a private key of age");
                }
                return Secret.of(Files.readString(file, StandardCharsets.US_ASCII));
            } catch (IOException e) {
                throw new CommandFailure("The private key could not be read: " + e);
            }
        }

        @Override
        public void close() {
            secrets.forEach(Secret::close);
        }
    }
}
