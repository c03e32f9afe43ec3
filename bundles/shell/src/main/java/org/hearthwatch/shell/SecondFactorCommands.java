package org.hearthwatch.shell;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.SecondFactors;
import org.hearthwatch.api.access.Users;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.shell.ShellCommand.Call;
import org.hearthwatch.shell.line.Completion;
import org.hearthwatch.shell.line.Completion.Suggestion;
import org.hearthwatch.shell.line.Syntax;

/** {@code hw:mfa-*}: the codes people give beside their password. */
final class SecondFactorCommands {

    private static final String ACCESS = "the access control";
    private static final String USER = "USER";
    private static final String CODE = "CODE";

    private final Services services;

    SecondFactorCommands(Services services) {
        this.services = services;
    }

    List<ShellCommand> all() {
        Completion users = () -> services.find(Users.class).map(Users::list).orElse(List.of()).stream()
                .map(user -> new Suggestion(user.name(), user.secondFactor() ? "has a second factor" : ""))
                .toList();
        String person = "The user, as in hw:user-list";
        return List.of(
                new ShellCommand(
                        Syntax.of(
                                        "mfa-status",
                                        "Says whether a person gives a code, and how many recovery codes are left")
                                .argument(USER, person, users),
                        this::status),
                new ShellCommand(
                        Syntax.of("mfa-begin", "Makes a key for a person's app; it counts once it is confirmed")
                                .argument(USER, person, users),
                        this::begin),
                new ShellCommand(
                        Syntax.of("mfa-confirm", "Takes the key into use and shows the recovery codes, this once")
                                .argument(USER, person, users)
                                .argument(CODE, "The code the app shows now", Completion.NONE),
                        this::confirm),
                new ShellCommand(
                        Syntax.of("mfa-recovery", "Makes new recovery codes and shows them; the former end")
                                .argument(USER, person, users),
                        this::recovery),
                new ShellCommand(
                        Syntax.of("mfa-remove", "Takes a person's second factor away, as when the phone is lost")
                                .argument(USER, person, users),
                        this::remove));
    }

    private int status(Call call) throws CommandFailure, Refusal {
        SecondFactors.Status status = factors().status(user(call));
        call.screen()
                .foreign(user(call)
                        + (status.enrolled()
                                ? " gives a code; " + status.recoveryLeft() + " recovery codes are left."
                                : " signs in with the password alone. hw:mfa-begin makes a key."));
        return ShellCommand.OK;
    }

    private int begin(Call call) throws CommandFailure, Refusal {
        SecondFactors.Enrolment enrolment = factors().begin(user(call));
        try (Secret key = enrolment.key();
                Secret uri = enrolment.uri()) {
            show(call, key);
            show(call, uri);
        }
        call.screen().line("Take one of them into an authenticator app, then give its code within ten minutes:");
        call.screen().foreign("hw:mfa-confirm " + user(call) + " CODE");
        return ShellCommand.OK;
    }

    private int confirm(Call call) throws CommandFailure, Refusal {
        try (Secret code = Secret.of(call.arguments().get(CODE))) {
            show(call, factors().confirm(user(call), code));
        }
        return ShellCommand.OK;
    }

    private int recovery(Call call) throws CommandFailure, Refusal {
        show(call, factors().renewRecovery(user(call)));
        return ShellCommand.OK;
    }

    private int remove(Call call) throws CommandFailure, Refusal {
        factors().remove(user(call));
        call.screen().foreign(user(call) + " signs in with the password alone; sessions have ended.");
        return ShellCommand.OK;
    }

    private static void show(Call call, List<Secret> codes) {
        for (Secret code : codes) {
            show(call, code);
            code.close();
        }
        call.screen().line("Keep these recovery codes on paper: each works once, in place of a code from the app.");
    }

    private static void show(Call call, Secret secret) {
        byte[] bytes = secret.reveal();
        call.screen().line(new String(bytes, StandardCharsets.UTF_8));
        Arrays.fill(bytes, (byte) 0);
    }

    private static String user(Call call) {
        return call.arguments().get(USER);
    }

    private SecondFactors factors() throws CommandFailure {
        return services.need(SecondFactors.class, ACCESS);
    }
}
