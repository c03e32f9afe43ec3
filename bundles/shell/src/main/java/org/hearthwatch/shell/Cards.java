package org.hearthwatch.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.shell.ShellCommand.Call;

/** Reads share cards: typed unseen one after the other, or from the standard input, one a line. */
final class Cards {

    private static final int MOST_CARDS = 16;

    private Cards() {}

    /** The caller closes them. */
    static List<Secret> read(Call call) throws CommandFailure {
        List<Secret> cards = new ArrayList<>();
        try {
            Optional<String> typed = call.keyboard().askHidden("Card 1: ");
            if (typed.isEmpty()) {
                var lines =
                        new BufferedReader(new InputStreamReader(call.keyboard().input(), StandardCharsets.UTF_8));
                lines.lines()
                        .limit(MOST_CARDS)
                        .filter(line -> !line.isBlank())
                        .forEach(line -> cards.add(Secret.of(line)));
                return cards;
            }
            while (typed.isPresent() && !typed.get().isBlank() && cards.size() < MOST_CARDS) {
                cards.add(Secret.of(typed.get()));
                typed = call.keyboard().askHidden("Card " + (cards.size() + 1) + ": ");
            }
            return cards;
        } catch (IOException e) {
            throw new CommandFailure("The cards could not be read: " + e);
        }
    }
}
