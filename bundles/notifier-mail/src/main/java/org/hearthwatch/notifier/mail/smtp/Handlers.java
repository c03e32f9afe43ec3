package org.hearthwatch.notifier.mail.smtp;

import jakarta.activation.CommandInfo;
import jakarta.activation.CommandMap;
import jakarta.activation.DataContentHandler;
import java.util.Locale;
import org.eclipse.angus.mail.handlers.multipart_mixed;
import org.eclipse.angus.mail.handlers.text_html;
import org.eclipse.angus.mail.handlers.text_plain;
import org.jspecify.annotations.Nullable;

/** How the parts of our mails are written. The library would look for this in files that no bundle sees of another. */
final class Handlers extends CommandMap {

    @Override
    public CommandInfo[] getPreferredCommands(String type) {
        return new CommandInfo[0];
    }

    @Override
    public CommandInfo[] getAllCommands(String type) {
        return new CommandInfo[0];
    }

    @Override
    public @Nullable CommandInfo getCommand(String type, String command) {
        return null;
    }

    @Override
    public @Nullable DataContentHandler createDataContentHandler(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        if (lower.startsWith("multipart/")) {
            return new multipart_mixed();
        }
        if (lower.startsWith("text/html")) {
            return new text_html();
        }
        return lower.startsWith("text/plain") ? new text_plain() : null;
    }
}
