package org.hearthwatch.shell;

import org.hearthwatch.api.audit.AuditEvent;
import org.hearthwatch.api.audit.AuditEvent.Outcome;
import org.hearthwatch.api.audit.AuditLog;
import org.hearthwatch.api.audit.AuditUnavailableException;
import org.hearthwatch.shell.ShellCommand.Body;
import org.hearthwatch.shell.ShellCommand.Call;

/**
 * Commands that change something: in the audit log before they run, or they do not run. Secrets are never words of a
 * command, so the words may stand there.
 */
final class Recorded {

    private final Services services;

    Recorded(Services services) {
        this.services = services;
    }

    /**
     * The same command, recorded.
     *
     * @param action what it does, by the name of the permission that does it over HTTP
     */
    ShellCommand as(String action, ShellCommand command) {
        Body body = call -> {
            record(call, action, command, Outcome.ALLOWED, "");
            try {
                return command.body().run(call);
            } catch (Exception e) {
                record(call, action, command, Outcome.FAILED, String.valueOf(e.getMessage()));
                throw e;
            }
        };
        return new ShellCommand(command.syntax(), body);
    }

    private void record(Call call, String action, ShellCommand command, Outcome outcome, String reason)
            throws CommandFailure {
        String words = (command.syntax().fullName() + " " + String.join(" ", call.words())).strip();
        try {
            services.need(AuditLog.class, "the audit log")
                    .record(new AuditEvent(call.user(), "admin", "shell", action, words, outcome, reason));
        } catch (AuditUnavailableException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
    }
}
