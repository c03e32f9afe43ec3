package org.hearthwatch.secret.proxmox;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.config.SettingReader;
import org.hearthwatch.api.secret.SecretRef;

/**
 * Which secrets are tokens of Proxmox VE.
 *
 * @param nodes where each belongs to, by its name in the vault
 * @param keeper the token that makes and ends them; each does it itself where there is none
 */
public record ProxmoxTokens(Map<String, URI> nodes, Optional<SecretRef> keeper) {

    private static final String ALLOWED = "NAME = https://HOST:8006, such as proxmox/token = https://pve1.home:8006";

    public ProxmoxTokens {
        nodes = Map.copyOf(nodes);
    }

    /** Reads the settings {@code tokens} and {@code keeper}. */
    public static ProxmoxTokens read(SettingReader reader, String tokens, String keeper) {
        Map<String, URI> nodes = new LinkedHashMap<>();
        reader.list("tokens", tokens, ProxmoxTokens::entry).forEach(entry -> {
            if (nodes.put(entry.getKey(), entry.getValue()) != null) {
                throw reader.refused("tokens", entry.getKey(), "each name once");
            }
        });
        return new ProxmoxTokens(nodes, reader.reference("keeper", keeper));
    }

    private static Map.Entry<String, URI> entry(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException(ALLOWED);
        }
        URI node;
        try {
            node = URI.create(text.substring(equals + 1).strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(ALLOWED, e);
        }
        boolean plain = "https".equals(node.getScheme())
                && node.getHost() != null
                && node.getUserInfo() == null
                && node.getQuery() == null
                && node.getFragment() == null
                && (node.getPath().isEmpty() || node.getPath().equals("/"));
        if (!plain) {
            throw new IllegalArgumentException(ALLOWED);
        }
        String authority = node.getHost() + (node.getPort() < 0 ? ":8006" : ":" + node.getPort());
        return Map.entry(text.substring(0, equals).strip(), URI.create("https://" + authority));
    }
}
