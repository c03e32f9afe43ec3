package org.hearthwatch.alert.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes secrets out of the text of a configuration, by the names of their fields and out of addresses. */
final class Redaction {

    private static final String SECRET = "<secret>";
    private static final Pattern FIELDS = Pattern.compile(
            "((?:[\\w-]*(?:password|secret|token|credentials|api_key|routing_key|service_key|user_key)|"
                    + "[\\w]*(?:webhook_url|api_url)|url|key)[\"']?\\s*:\\s*)([^\\s,}#][^,}\\n]*)",
            Pattern.CASE_INSENSITIVE);

    private Redaction() {}

    static String of(String text) {
        return FIELDS.matcher(text).replaceAll(match -> Matcher.quoteReplacement(match.group(1) + SECRET));
    }
}
