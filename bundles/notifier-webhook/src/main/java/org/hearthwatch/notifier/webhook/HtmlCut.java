package org.hearthwatch.notifier.webhook;

import java.util.ArrayDeque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HTML made to fit: neither a tag nor a character reference is cut in two, and what is open is closed. */
public final class HtmlCut {

    private static final Pattern PIECE =
            Pattern.compile("<(/?)([A-Za-z][A-Za-z0-9-]*)[^<>]*>|&[#A-Za-z0-9]{1,31};|.", Pattern.DOTALL);
    private static final String ELLIPSIS = "…";

    private HtmlCut() {}

    /** At most so many characters, tags and all. */
    public static String toCodePoints(String html, int most) {
        if (html.codePointCount(0, html.length()) <= most) {
            return html;
        }
        var open = new ArrayDeque<String>();
        var cut = new StringBuilder();
        int left = most - ELLIPSIS.length();
        Matcher piece = PIECE.matcher(html);
        while (piece.find()) {
            String text = piece.group();
            int length = text.codePointCount(0, text.length());
            if (piece.group(2) != null && !piece.group(1).isEmpty()) {
                // Paid for when it was opened.
                if (piece.group(2).equals(open.peek())) {
                    open.pop();
                    cut.append(text);
                }
                continue;
            }
            boolean opens = piece.group(2) != null && !text.endsWith("/>");
            left -= length + (opens ? closing(piece.group(2)).length() : 0);
            if (left < 0) {
                break;
            }
            cut.append(text);
            if (opens) {
                open.push(piece.group(2));
            }
        }
        cut.append(ELLIPSIS);
        open.forEach(name -> cut.append(closing(name)));
        return cut.toString();
    }

    private static String closing(String name) {
        return "</" + name + ">";
    }
}
