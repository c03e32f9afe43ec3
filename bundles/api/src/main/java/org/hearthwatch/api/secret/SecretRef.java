package org.hearthwatch.api.secret;

import java.util.regex.Pattern;

/**
 * Where a secret is, as it stands in a setting instead of the secret: {@code secret:smtp/password} in the vault,
 * {@code env:NAME} an environment variable, {@code file:/run/secrets/smtp} a file such as a Docker secret,
 * {@code credential:NAME} a systemd credential.
 *
 * @param source {@code secret}, {@code env}, {@code file} or {@code credential}
 */
public record SecretRef(String source, String path) {

    private static final Pattern FORM = Pattern.compile("(secret|env|file|credential):([\\x21-\\x7e]{1,256})");

    /** Whether a setting's value has the form of a reference. */
    public static boolean isReference(String value) {
        return FORM.matcher(value).matches();
    }

    /** @throws IllegalArgumentException if it is no reference; the message does not repeat the value, which may be a secret */
    public static SecretRef parse(String value) {
        var match = FORM.matcher(value);
        if (!match.matches()) {
            throw new IllegalArgumentException("Not a reference to a secret; write secret:NAME, env:NAME, file:/PATH or"
                    + " credential:NAME instead of the secret itself");
        }
        return new SecretRef(match.group(1), match.group(2));
    }

    @Override
    public String toString() {
        return source + ':' + path;
    }
}
