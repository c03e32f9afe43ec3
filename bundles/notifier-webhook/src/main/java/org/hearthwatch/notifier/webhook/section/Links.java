package org.hearthwatch.notifier.webhook.section;

import java.util.List;
import java.util.stream.Collectors;
import org.hearthwatch.notifier.webhook.Draft.Button;

/** Buttons for services that only know text. */
final class Links {

    private Links() {}

    /** A line each. */
    static String plain(List<Button> buttons) {
        return buttons.stream()
                .map(button -> "\n" + button.label() + ": " + button.address())
                .collect(Collectors.joining());
    }

    /** A line of links. */
    static String markdown(List<Button> buttons) {
        return buttons.isEmpty()
                ? ""
                : buttons.stream()
                        .map(button -> "[" + button.label().replaceAll("[\\[\\]()<>*_`|~\\\\]", " ") + "]("
                                + button.address() + ")")
                        .collect(Collectors.joining(" · ", "\n", ""));
    }

    /** A line of links. */
    static String html(List<Button> buttons) {
        return buttons.isEmpty()
                ? ""
                : buttons.stream()
                        .map(button -> "<a href=\"" + escaped(button.address().toString()) + "\">"
                                + escaped(button.label()) + "</a>")
                        .collect(Collectors.joining(" · ", "\n", ""));
    }

    /** Text within HTML. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
