package org.hearthwatch.query.remote;

import java.util.Locale;

/**
 * A label's name as it stands in an address: as it is where it has the old form, else escaped as the Prometheus proposal on
 * UTF-8 names has it, which servers understand.
 */
final class EscapedName {

    private EscapedName() {}

    static String of(String name) {
        if (name.matches("[a-zA-Z_][a-zA-Z0-9_]*") && !name.startsWith("U__")) {
            return name;
        }
        var escaped = new StringBuilder("U__");
        name.codePoints().forEach(c -> {
            if (c == '_') {
                escaped.append("__");
            } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
                escaped.appendCodePoint(c);
            } else {
                escaped.append('_')
                        .append(Integer.toHexString(c).toLowerCase(Locale.ROOT))
                        .append('_');
            }
        });
        return escaped.toString();
    }
}
