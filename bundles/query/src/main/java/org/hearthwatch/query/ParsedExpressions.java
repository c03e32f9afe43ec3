package org.hearthwatch.query;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.hearthwatch.query.syntax.Expr;
import org.hearthwatch.query.syntax.Feature;
import org.hearthwatch.query.syntax.Parser;
import org.hearthwatch.query.syntax.SyntaxException;

/**
 * Parses expressions and keeps those asked for last: a dashboard and a rule ask the same ones again and again, and parsing a
 * short one takes as long as a good part of answering it. Bounded by the characters of all that is kept. Thread-safe.
 */
final class ParsedExpressions {

    /** Enough for some hundred panels; what is made of so much text takes a few megabytes at most. */
    private static final int MOST_CHARACTERS = 1 << 16;

    private final Set<Feature> features;
    private final Map<String, Expr> kept = new LinkedHashMap<>(64, 0.75f, true);
    private int characters;

    ParsedExpressions(Set<Feature> features) {
        this.features = features;
    }

    /** @throws SyntaxException if the text is no expression, which is not kept */
    Expr parsed(String text) throws SyntaxException {
        synchronized (kept) {
            Expr known = kept.get(text);
            if (known != null) {
                return known;
            }
        }
        Expr fresh = Parser.parse(text, features);
        keep(text, fresh);
        return fresh;
    }

    private void keep(String text, Expr expr) {
        if (text.length() > MOST_CHARACTERS / 4) {
            return;
        }
        synchronized (kept) {
            if (kept.put(text, expr) == null) {
                characters += text.length();
            }
            for (Iterator<String> oldest = kept.keySet().iterator(); characters > MOST_CHARACTERS; ) {
                characters -= oldest.next().length();
                oldest.remove();
            }
        }
    }

    /** How many characters the texts have that are kept. */
    int characters() {
        synchronized (kept) {
            return characters;
        }
    }
}
