package org.hearthwatch.shell;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.secret.NewSlot;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SlotKey;
import org.hearthwatch.api.secret.Vault;
import org.hearthwatch.api.secret.VaultException;
import org.hearthwatch.api.secret.VaultSlot;
import org.hearthwatch.shell.ShellCommand.Call;
import org.hearthwatch.shell.line.Completion;
import org.hearthwatch.shell.line.Completion.Suggestion;
import org.hearthwatch.shell.line.Syntax;
import org.hearthwatch.shell.line.UsageException;
import org.hearthwatch.shell.text.Json;
import org.hearthwatch.shell.text.Moments;
import org.hearthwatch.shell.text.Table;

/** {@code hw:vault-*}. */
final class VaultCommands {

    private static final String VAULT = "the vault";
    private static final String KIND = "KIND";
    private static final String LABEL = "LABEL";
    private static final String ID = "ID";
    private static final String KDF = "--kdf";
    private static final String CREDENTIAL = "--credential";
    private static final String LIBRARY = "--library";
    private static final String TOKEN_SLOT = "--token-slot";
    private static final String KEY = "--key";
    private static final String SHARES = "--shares";
    private static final String THRESHOLD = "--threshold";
    private static final String WITH = "--with";
    private static final String ACCEPT_ROLLBACK = "--accept-rollback";
    private static final String USUAL_CREDENTIAL = "hearthwatch-vault";

    private final Services services;
    private final ZoneId zone;

    VaultCommands(Services services, ZoneId zone) {
        this.services = services;
        this.zone = zone;
    }

    List<ShellCommand> all() {
        return List.of(
                new ShellCommand(
                        Syntax.of("vault-status", "Says whether the vault is open, and who can open it")
                                .json(),
                        this::status),
                new ShellCommand(
                        ways(
                                Syntax.of("vault-init", "Makes the vault, where the first start did not"),
                                "passphrase, credential, file or token"),
                        this::init),
                new ShellCommand(Syntax.of("vault-seal", "Closes the vault until somebody unseals it"), this::seal),
                new ShellCommand(
                        Cards.options(Passwords.options(Syntax.of("vault-unseal", "Opens the vault")))
                                .option(
                                        WITH,
                                        KIND,
                                        "passphrase, machine, token or shares; passphrase where not given",
                                        Completion.of("passphrase", "machine", "token", "shares"))
                                .flag(
                                        ACCEPT_ROLLBACK,
                                        "Opens it even though the audit log knows a newer one, as after a restore")
                                .details(CARDS),
                        this::unseal),
                new ShellCommand(
                        Syntax.of("vault-slot-list", "Lists the ways into the vault")
                                .json(),
                        this::slotList),
                new ShellCommand(
                        ways(
                                        Syntax.of("vault-slot-add", "Makes one more way into the vault"),
                                        "passphrase, credential, file, token or shares")
                                .option(
                                        SHARES,
                                        "N",
                                        "Of shares: how many cards are made; 5 where not given",
                                        Completion.NONE)
                                .option(
                                        THRESHOLD,
                                        "N",
                                        "Of shares: how many are enough; 3 where not given",
                                        Completion.NONE),
                        this::slotAdd),
                new ShellCommand(
                        Syntax.of("vault-slot-remove", "Takes a way into the vault away, and makes new keys")
                                .argument(ID, "The slot's number, as in hw:vault-slot-list", this::slots)
                                .details(
                                        "Copies of the vault made before still open by it: delete those, or change what they hold."),
                        this::slotRemove),
                new ShellCommand(
                        Cards.options(Syntax.of(
                                        "vault-shares-test",
                                        "Says whether share cards open the vault, without opening it"))
                                .details(CARDS),
                        this::sharesTest),
                new ShellCommand(
                        Syntax.of("vault-rotate", "Makes new keys, and encrypts everything in the vault anew"),
                        this::rotate));
    }

    private static final String CARDS =
            "Share cards are typed unseen, one after the other, with an empty line behind the last; or they are read from the standard"
                    + "\ninput. The first four letters of a word are enough.";

    private static Syntax ways(Syntax syntax, String kinds) {
        return Passwords.options(syntax.argument(
                                KIND, kinds, Completion.of("passphrase", "credential", "file", "token", "shares"))
                        .argument(LABEL, "What you call it, such as your name", Completion.NONE))
                .option(
                        KDF,
                        "NAME",
                        "Of a passphrase: argon2id, or pbkdf2 where only that is allowed",
                        Completion.of("argon2id", "pbkdf2"))
                .option(
                        CREDENTIAL,
                        "NAME",
                        "Of a credential: its name in the unit; " + USUAL_CREDENTIAL + " where not given",
                        Completion.NONE)
                .option(LIBRARY, "PATH", "Of a token: its PKCS#11 driver", Completion.NONE)
                .option(
                        TOKEN_SLOT,
                        "N",
                        "Of a token: the slot's place in the driver's list; 0 where not given",
                        Completion.NONE)
                .option(
                        KEY,
                        "LABEL",
                        "Of a token: what its key is called there; hearthwatch where not given. The PIN is read as a password is",
                        Completion.NONE);
    }

    private List<Suggestion> slots() {
        try {
            Optional<Vault> vault = services.find(Vault.class);
            return vault.isEmpty()
                    ? List.of()
                    : vault.get().slots().stream()
                            .map(slot -> new Suggestion(
                                    Integer.toString(slot.id()), slot.kind().word() + " " + slot.label()))
                            .toList();
        } catch (VaultException e) {
            return List.of();
        }
    }

    private Vault vault() throws CommandFailure {
        return services.need(Vault.class, VAULT);
    }

    private int status(Call call) throws CommandFailure {
        Vault.Status status = vault().status();
        if (call.json()) {
            call.screen().line(Json.object(json -> {
                json.field("state", status.state().word()).field("file", status.file());
                status.generation().ifPresent(generation -> json.field("generation", generation));
                json.field("slots", status.slots())
                        .field("secrets", status.secrets())
                        .field("memory", status.memory())
                        .field("keysSince", status.keysSince())
                        .field("writes", status.writes())
                        .field("unattended", status.unattended())
                        .field("problem", status.problem());
            }));
            return ShellCommand.OK;
        }
        Screen screen = call.screen();
        screen.foreign("The vault " + status.file() + " is " + status.state().word() + ".");
        status.problem().ifPresent(screen::foreign);
        if (status.state() == Vault.State.UNSEALED) {
            screen.line("Secrets     " + status.secrets());
            status.generation().ifPresent(generation -> screen.line("Generation  " + generation));
            screen.line("Master key  in a " + status.memory());
            status.keysSince()
                    .ifPresent(since -> screen.line("Keys since  " + Moments.show(since, zone) + ", " + status.writes()
                            + " secrets written with them"));
        }
        if (status.state() != Vault.State.ABSENT) {
            screen.line("Unsealing   " + (status.unattended() ? "automatic at the start" : "by people only"));
            status.protections().forEach(line -> screen.foreign("  " + line));
        }
        return ShellCommand.OK;
    }

    private int init(Call call) throws CommandFailure, UsageException, VaultException {
        Vault vault = vault();
        VaultSlot slot = withNew(call, vault::create);
        call.screen().foreign("The vault is made and open. Way in: " + words(slot) + ".");
        return ShellCommand.OK;
    }

    private int seal(Call call) throws CommandFailure {
        vault().seal();
        call.screen()
                .line("The vault is sealed. hw:vault-unseal opens it; a new start does too, where it is automatic.");
        return ShellCommand.OK;
    }

    private int unseal(Call call) throws CommandFailure, UsageException, VaultException {
        Vault vault = vault();
        boolean accept = call.arguments().has(ACCEPT_ROLLBACK);
        VaultSlot slot;
        switch (call.arguments().find(WITH).orElse("passphrase")) {
            case "passphrase" -> {
                try (Secret passphrase = Passwords.present(call)) {
                    slot = vault.unseal(new SlotKey.Passphrase(passphrase), accept);
                }
            }
            case "machine" -> slot = vault.unseal(new SlotKey.Unattended(), accept);
            case "token" -> {
                try (Secret pin = Passwords.present(call)) {
                    slot = vault.unseal(new SlotKey.TokenPin(pin), accept);
                }
            }
            case "shares" -> {
                List<Secret> cards = Cards.read(call);
                try {
                    slot = vault.unseal(new SlotKey.Shares(cards), accept);
                } finally {
                    cards.forEach(Secret::close);
                }
            }
            default -> throw new UsageException(WITH + " takes passphrase, machine, token or shares");
        }
        call.screen().foreign("The vault is open, by " + words(slot) + ".");
        return ShellCommand.OK;
    }

    private int slotList(Call call) throws CommandFailure, VaultException {
        List<VaultSlot> slots = vault().slots();
        if (call.json()) {
            call.screen()
                    .line(Json.array(
                            slots,
                            (json, slot) -> json.field("id", slot.id())
                                    .field("kind", slot.kind().word())
                                    .field("label", slot.label())
                                    .field("created", slot.created())
                                    .field("strength", slot.strength())
                                    .field("unattended", slot.kind().unattended())));
            return ShellCommand.OK;
        }
        var table = new Table("ID", "KIND", "LABEL", "CREATED", "STRENGTH");
        slots.forEach(slot -> table.row(
                Integer.toString(slot.id()),
                slot.kind().word(),
                slot.label(),
                Moments.show(slot.created(), zone),
                slot.strength()));
        call.screen().table(table, "There is no way in.");
        return ShellCommand.OK;
    }

    private int slotAdd(Call call) throws CommandFailure, UsageException, VaultException {
        Vault vault = vault();
        if (!call.arguments().get(KIND).equals("shares")) {
            VaultSlot slot = withNew(call, vault::addSlot);
            call.screen().foreign("The vault has one more way in: " + words(slot) + ".");
            return ShellCommand.OK;
        }
        int threshold = number(call, THRESHOLD, 3);
        List<Secret> cards = vault.addShares(call.arguments().get(LABEL), threshold, number(call, SHARES, 5));
        int place = 0;
        for (Secret card : cards) {
            try (card) {
                call.screen().line("Card " + ++place + " of " + cards.size() + ", " + threshold + " are enough:");
                call.screen().line("  " + new String(card.reveal(), StandardCharsets.UTF_8));
            }
        }
        call.screen()
                .line(
                        "Give each to another person, on paper. They are not shown again. hw:vault-shares-test tries them.");
        return ShellCommand.OK;
    }

    private int slotRemove(Call call) throws CommandFailure, UsageException, VaultException {
        int id = call.arguments().get(ID, VaultCommands::number);
        vault().removeSlot(id);
        call.screen().line("Slot " + id + " is gone, and the vault has new keys. Copies made before still open by it.");
        return ShellCommand.OK;
    }

    private int sharesTest(Call call) throws CommandFailure, VaultException {
        Vault vault = vault();
        List<Secret> cards = Cards.read(call);
        try {
            vault.testShares(cards);
        } finally {
            cards.forEach(Secret::close);
        }
        call.screen().line("These cards open the vault.");
        return ShellCommand.OK;
    }

    private int rotate(Call call) throws CommandFailure, VaultException {
        vault().rotate();
        call.screen().line("The vault has new keys, and everything in it is encrypted anew.");
        return ShellCommand.OK;
    }

    /** What is done with a new slot. */
    private interface Use {
        VaultSlot slot(NewSlot slot) throws VaultException;
    }

    private static VaultSlot withNew(Call call, Use use) throws CommandFailure, UsageException, VaultException {
        String label = call.arguments().get(LABEL);
        switch (call.arguments().get(KIND)) {
            case "passphrase" -> {
                NewSlot.Kdf kdf = call.arguments().find(KDF, VaultCommands::kdf).orElse(NewSlot.Kdf.ARGON2ID);
                try (Secret passphrase = Passwords.read(call)) {
                    return use.slot(new NewSlot.Passphrase(label, passphrase, kdf));
                }
            }
            case "credential" -> {
                return use.slot(new NewSlot.Credential(
                        label, call.arguments().find(CREDENTIAL).orElse(USUAL_CREDENTIAL)));
            }
            case "file" -> {
                return use.slot(new NewSlot.KeyFile(label));
            }
            case "token" -> {
                Path library = call.arguments()
                        .find(LIBRARY, Path::of)
                        .orElseThrow(() -> new UsageException(
                                "a token needs " + LIBRARY + " PATH, such as /usr/lib/softhsm/libsofthsm2.so"));
                int tokenSlot = number(call, TOKEN_SLOT, 0);
                String key = call.arguments().find(KEY).orElse("hearthwatch");
                try (Secret pin = Passwords.present(call)) {
                    return use.slot(new NewSlot.Token(label, library, tokenSlot, key, pin));
                }
            }
            default ->
                throw new UsageException(
                        "\"" + call.arguments().get(KIND) + "\" is no way into a vault here; see " + KIND);
        }
    }

    private static NewSlot.Kdf kdf(String name) {
        return switch (name) {
            case "argon2id" -> NewSlot.Kdf.ARGON2ID;
            case "pbkdf2" -> NewSlot.Kdf.PBKDF2;
            default -> throw new IllegalArgumentException("\"" + name + "\" is neither argon2id nor pbkdf2");
        };
    }

    private static int number(Call call, String option, int otherwise) throws UsageException {
        return call.arguments().find(option, VaultCommands::number).orElse(otherwise);
    }

    private static int number(String text) {
        try {
            int value = Integer.parseInt(text);
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + text + "\" is no whole number", e);
        }
        throw new IllegalArgumentException(text + " is no whole number from 0");
    }

    private static String words(VaultSlot slot) {
        return "slot " + slot.id() + " (" + slot.kind().word() + ", " + slot.label() + "), which opens to "
                + slot.kind().meaning();
    }
}
