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
import org.hearthwatch.shell.line.Syntax;

/** How a command comes by share cards: typed unseen one after the other, or piped in, one a line. */
final class Cards {

    private static final String STDIN = "--cards-stdin";
    private static final int MOST_CARDS = 16;

    private Cards() {}

    static Syntax options(Syntax syntax) {
        return syntax.flag(STDIN, "Reads the share cards from the standard input, one a line");
    }

    /** The caller closes them. */
    static List<Secret> read(Call call) throws CommandFailure {
        List<Secret> cards = new ArrayList<>();
        try {
            if (call.arguments().has(STDIN)) {
                var lines =
                        new BufferedReader(new InputStreamReader(call.keyboard().input(), StandardCharsets.UTF_8));
                lines.lines()
                        .limit(MOST_CARDS)
                        .filter(line -> !line.isBlank())
                        .forEach(line -> cards.add(Secret.of(line)));
                return cards;
            }
            Optional<String> typed = call.keyboard().askHidden("Card 1: ");
            if (typed.isEmpty()) {
                throw new CommandFailure("There is no terminal to ask for the cards at; give " + STDIN);
            }
            while (typed.isPresent() && !typed.get().isBlank() && cards.size() < MOST_CARDS) {
                cards.add(Secret.of(typed.get()));
                typed = call.keyboard().askHidden("Card " + (cards.size() + 1) + ": ");
            }
            return cards;
        } catch (IOException e) {
            cards.forEach(Secret::close);
            throw new CommandFailure("The cards could not be read: " + e);
        }
    }
}
