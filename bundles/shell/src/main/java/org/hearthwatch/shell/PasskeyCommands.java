package org.hearthwatch.shell;

import java.time.ZoneId;
import java.util.List;
import org.hearthwatch.api.access.Passkeys;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.shell.ShellCommand.Call;
import org.hearthwatch.shell.line.Completion;
import org.hearthwatch.shell.line.Completion.Suggestion;
import org.hearthwatch.shell.line.Syntax;
import org.hearthwatch.shell.text.Json;
import org.hearthwatch.shell.text.Moments;
import org.hearthwatch.shell.text.Table;

/** {@code hw:passkey-*}: what people sign in with instead of a password. They are made in the console. */
final class PasskeyCommands {

    private static final String ACCESS = "the access control";
    private static final String USER = "USER";
    private static final String NAME = "NAME";

    private final Services services;
    private final ZoneId zone;

    PasskeyCommands(Services services, ZoneId zone) {
        this.services = services;
        this.zone = zone;
    }

    List<ShellCommand> all() {
        Completion users = () -> known().stream()
                .map(Passkeys.Passkey::user)
                .distinct()
                .map(user -> new Suggestion(user, ""))
                .toList();
        Completion names = () -> known().stream()
                .map(one -> new Suggestion(one.name(), one.user()))
                .toList();
        return List.of(
                new ShellCommand(
                        Syntax.of("passkey-list", "Lists the passkeys with which people sign in at the console")
                                .json(),
                        this::list),
                new ShellCommand(
                        Syntax.of("passkey-remove", "Takes a passkey away; its owner's sessions end")
                                .argument(USER, "Its owner, as in hw:passkey-list", users)
                                .argument(NAME, "Its name, as in hw:passkey-list", names),
                        this::remove));
    }

    private List<Passkeys.Passkey> known() {
        return services.find(Passkeys.class).map(Passkeys::list).orElse(List.of());
    }

    private int list(Call call) throws CommandFailure {
        List<Passkeys.Passkey> all = services.need(Passkeys.class, ACCESS).list();
        if (call.json()) {
            call.screen()
                    .line(Json.array(
                            all,
                            (json, one) -> json.field("user", one.user())
                                    .field("name", one.name())
                                    .field("host", one.host())
                                    .field("synced", one.synced())
                                    .field("added", one.added())
                                    .field("lastUsed", one.lastUsed())));
            return ShellCommand.OK;
        }
        var table = new Table("USER", "NAME", "FOR", "SYNCED", "ADDED", "LAST USED");
        all.forEach(one -> table.row(
                one.user(),
                one.name(),
                one.host(),
                one.synced() ? "yes" : "no",
                Moments.show(one.added(), zone),
                one.lastUsed().map(at -> Moments.show(at, zone)).orElse("never")));
        call.screen().table(table, "Nobody has a passkey. People make theirs in the console, under Account.");
        return ShellCommand.OK;
    }

    private int remove(Call call) throws CommandFailure, Refusal {
        String user = call.arguments().get(USER);
        services.need(Passkeys.class, ACCESS).remove(user, call.arguments().get(NAME));
        call.screen().foreign("The passkey no longer signs " + user + " in, and their sessions have ended.");
        return ShellCommand.OK;
    }
}
