package org.hearthwatch.secret.proxmox;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The API of a node of Proxmox VE. */
@FunctionalInterface
public interface Node {

    /**
     * One request.
     *
     * @param base where the node is, such as {@code https://pve1.home:8006}
     * @param path below {@code /api2/json}, encoded
     * @param form what a POST or PUT sends
     * @param authorization the header of that name
     * @return {@code data} of the answer: maps, lists, texts, numbers and truths
     * @throws IOException if it is not reached, not trusted, or refuses; the message says what it said
     */
    @Nullable
    Object ask(String method, URI base, String path, Map<String, String> form, String authorization) throws IOException;
}
