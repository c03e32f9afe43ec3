package org.hearthwatch.alert.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes secrets out of the text of a configuration: by the names of their fields, and all of addresses but the host. */
final class Redaction {

    private static final String SECRET = "<secret>";
    private static final Pattern FIELDS = Pattern.compile(
            "([\\w-]*(?:password|secret|token|credentials|api_key|routing_key|service_key|user_key)[\"']?\\s*:\\s*)"
                    + "(\"[^\"\\n]*\"|'[^'\\n]*'|[^\\s,}#]+)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern ADDRESSES =
            Pattern.compile("(https?://)(?:[^\\s/@'\"]*@)?([^\\s/?#'\"},]+)[^\\s'\"},]*");

    private Redaction() {}

    static String of(String text) {
        String addresses = ADDRESSES
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(match.group(1) + match.group(2) + "/" + SECRET));
        return FIELDS.matcher(addresses).replaceAll(match -> Matcher.quoteReplacement(match.group(1) + SECRET));
    }
}
