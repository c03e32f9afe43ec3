package org.hearthwatch.secret.proxmox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hearthwatch.api.secret.Secret;

/**
 * A token as Proxmox VE writes it in its {@code Authorization} header: {@code USER@REALM!TOKENID=VALUE}. Its text form hides
 * the value.
 *
 * @param user with its realm, such as {@code monitor@pve}
 * @param id which of the user's tokens it is
 */
record ApiToken(String user, String id, String value) {

    private static final Pattern FORM = Pattern.compile(
            "([^\\s:/!=]{1,64}@[A-Za-z][A-Za-z0-9._-]{1,31})!([A-Za-z][A-Za-z0-9._-]{1,63})=([!-~]{1,128})");

    /** @throws IOException if the secret is no token; the message does not repeat it */
    static ApiToken of(Secret secret) throws IOException {
        byte[] bytes = secret.reveal();
        try {
            Matcher parts = FORM.matcher(new String(bytes, StandardCharsets.UTF_8).strip());
            if (!parts.matches()) {
                throw new IOException("the vault's value is no token of Proxmox VE: USER@REALM!TOKENID=VALUE");
            }
            return new ApiToken(parts.group(1), parts.group(2), parts.group(3));
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** Its name at the node, without its value. */
    String fullId() {
        return user + '!' + id;
    }

    Secret secret() {
        return Secret.of(fullId() + '=' + value);
    }

    /** What a request says to be let in. */
    String authorization() {
        return "PVEAPIToken=" + fullId() + '=' + value;
    }

    @Override
    public String toString() {
        return fullId();
    }
}
