package org.hearthwatch.alert.template;

/** A text that is HTML already and goes out as it is. */
public record SafeHtml(String text) {

    @Override
    public String toString() {
        return text;
    }
}
