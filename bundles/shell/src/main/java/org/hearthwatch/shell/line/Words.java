package org.hearthwatch.shell.line;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a line into words at spaces; quotes of both kinds and a backslash keep spaces. Nothing else means anything: no
 * variables, no pipes, no scripts.
 */
public final class Words {

    private static final int LONGEST = 64 * 1024;

    private Words() {}

    /** @throws UsageException if a quote does not end, or the line is longer than 64 kB */
    public static List<String> of(String line) throws UsageException {
        if (line.length() > LONGEST) {
            throw new UsageException("the line is longer than " + LONGEST + " characters");
        }
        List<String> words = new ArrayList<>();
        var word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && quote != '\'' && i + 1 < line.length()) {
                word.append(line.charAt(++i));
                inWord = true;
            } else if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                inWord = true;
            } else if (Character.isWhitespace(c)) {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                    inWord = false;
                }
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (quote != 0) {
            throw new UsageException("the quote " + quote + " does not end");
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }
}
