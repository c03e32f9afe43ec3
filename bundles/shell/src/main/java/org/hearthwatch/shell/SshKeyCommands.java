package org.hearthwatch.shell;

import java.time.ZoneId;
import java.util.List;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.SshKeys;
import org.hearthwatch.api.access.Users;
import org.hearthwatch.shell.ShellCommand.Call;
import org.hearthwatch.shell.line.Completion;
import org.hearthwatch.shell.line.Completion.Suggestion;
import org.hearthwatch.shell.line.Syntax;
import org.hearthwatch.shell.text.Json;
import org.hearthwatch.shell.text.Moments;
import org.hearthwatch.shell.text.Table;

/** {@code hw:ssh-key-*}: the keys with which people open this shell. */
final class SshKeyCommands {

    private static final String ACCESS = "the access control";
    private static final String USER = "USER";
    private static final String KEY = "KEY";
    private static final String FINGERPRINT = "FINGERPRINT";

    private final Services services;
    private final ZoneId zone;

    SshKeyCommands(Services services, ZoneId zone) {
        this.services = services;
        this.zone = zone;
    }

    List<ShellCommand> all() {
        Completion users = () -> services.find(Users.class).map(Users::list).orElse(List.of()).stream()
                .map(user -> new Suggestion(user.name(), RoleList.words(user.effectiveRoles())))
                .toList();
        Completion fingerprints = () -> services.find(SshKeys.class).map(SshKeys::list).orElse(List.of()).stream()
                .map(key -> new Suggestion(key.fingerprint(), key.user()))
                .toList();
        String person = "The user, as in hw:user-list";
        return List.of(
                new ShellCommand(
                        Syntax.of("ssh-key-list", "Lists the keys with which people open this shell")
                                .json(),
                        this::list),
                new ShellCommand(
                        Syntax.of("ssh-key-add", "Lets a person open this shell with a key")
                                .argument(USER, person, users)
                                .argument(
                                        KEY,
                                        "The line of the public key in quotes, such as 'ssh-ed25519 AAAA...'",
                                        Completion.NONE),
                        this::add),
                new ShellCommand(
                        Syntax.of("ssh-key-remove", "Takes a key away")
                                .argument(USER, person, users)
                                .argument(FINGERPRINT, "The key, as in hw:ssh-key-list", fingerprints),
                        this::remove));
    }

    private int list(Call call) throws CommandFailure {
        List<SshKeys.Key> keys = services.need(SshKeys.class, ACCESS).list();
        if (call.json()) {
            call.screen()
                    .line(Json.array(
                            keys,
                            (json, key) -> json.field("user", key.user())
                                    .field("type", key.type())
                                    .field("fingerprint", key.fingerprint())
                                    .field("comment", key.comment())
                                    .field("added", key.added())));
            return ShellCommand.OK;
        }
        var table = new Table("USER", "FINGERPRINT", "TYPE", "COMMENT", "ADDED");
        keys.forEach(key ->
                table.row(key.user(), key.fingerprint(), key.type(), key.comment(), Moments.show(key.added(), zone)));
        call.screen().table(table, "Only the local operator's key opens this shell. hw:ssh-key-add USER KEY adds one.");
        return ShellCommand.OK;
    }

    private int add(Call call) throws CommandFailure, Refusal {
        String user = call.arguments().get(USER);
        String fingerprint =
                services.need(SshKeys.class, ACCESS).add(user, call.arguments().get(KEY));
        call.screen().foreign(user + " may open this shell with the key " + fingerprint + ".");
        return ShellCommand.OK;
    }

    private int remove(Call call) throws CommandFailure, Refusal {
        String user = call.arguments().get(USER);
        services.need(SshKeys.class, ACCESS).remove(user, call.arguments().get(FINGERPRINT));
        call.screen().foreign("The key no longer opens this shell for " + user + ".");
        return ShellCommand.OK;
    }
}
