package org.hearthwatch.secret;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SecretRef;
import org.hearthwatch.api.secret.SecretUnavailableException;
import org.hearthwatch.api.secret.Secrets;

/**
 * {@code $[secret:NAME]} in the settings of other people's bundles, which know nothing of references. What takes its place is
 * a string in that bundle's hands; our own bundles keep references and open them at use instead.
 */
public final class PlaceHolders {

    private static final Pattern FORM = Pattern.compile("\\$\\[secret:([^\\]\\s]{1,256})]");

    private final Secrets secrets;

    public PlaceHolders(Secrets secrets) {
        this.secrets = secrets;
    }

    /** The names in a text. */
    public static Set<String> names(String text) {
        Set<String> names = new LinkedHashSet<>();
        var match = FORM.matcher(text);
        while (match.find()) {
            names.add(match.group(1));
        }
        return names;
    }

    /**
     * The text with every place holder filled.
     *
     * @throws SecretUnavailableException if one cannot be; the message names it
     */
    public String fill(String text) throws SecretUnavailableException {
        var match = FORM.matcher(text);
        var filled = new StringBuilder();
        int done = 0;
        while (match.find()) {
            filled.append(text, done, match.start());
            try (Secret secret = secrets.open(new SecretRef("secret", match.group(1)))) {
                byte[] bytes = secret.reveal();
                filled.append(new String(bytes, StandardCharsets.UTF_8));
                Arrays.fill(bytes, (byte) 0);
            }
            done = match.end();
        }
        return filled.append(text, done, text.length()).toString();
    }
}
