package org.hearthwatch.shell;

import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.audit.AuditEvent;
import org.hearthwatch.api.audit.AuditEvent.Outcome;
import org.hearthwatch.api.audit.AuditLog;
import org.hearthwatch.api.audit.AuditUnavailableException;
import org.hearthwatch.shell.ShellCommand.Body;
import org.hearthwatch.shell.ShellCommand.Call;

/**
 * Lets a command run for those who have its permission. One that changes something is in the audit log before it runs, or it
 * does not run; one that was refused is there too. Secrets are never words of a command, so the words may stand there.
 */
final class Guarded {

    private final Services services;

    Guarded(Services services) {
        this.services = services;
    }

    /** The same command, for those who may. */
    ShellCommand command(ShellCommand command, Permission permission, boolean recorded) {
        Body body = call -> {
            if (!call.who().may(permission)) {
                String role = call.who().role();
                String reason = "This needs the permission " + permission.name() + "; you have "
                        + (role.isEmpty() ? "no role" : "the role " + role);
                record(call, permission, command, Outcome.REFUSED, reason);
                throw new CommandFailure(reason);
            }
            if (!recorded) {
                return command.body().run(call);
            }
            record(call, permission, command, Outcome.ALLOWED, "");
            try {
                return command.body().run(call);
            } catch (Exception e) {
                record(call, permission, command, Outcome.FAILED, String.valueOf(e.getMessage()));
                throw e;
            }
        };
        return new ShellCommand(command.syntax(), body);
    }

    private void record(Call call, Permission permission, ShellCommand command, Outcome outcome, String reason)
            throws CommandFailure {
        String words = (command.syntax().fullName() + " " + String.join(" ", call.words())).strip();
        Principal who = call.who();
        try {
            services.need(AuditLog.class, "the audit log")
                    .record(new AuditEvent(
                            who.actor(), who.role(), "shell", permission.name(), words, outcome, reason));
        } catch (AuditUnavailableException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
    }
}
