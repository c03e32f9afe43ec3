package org.hearthwatch.plugin;

import java.time.Instant;
import java.util.Optional;

/**
 * The record that certain bytes may run: an administrator said so, or a trusted key signed them.
 *
 * @param sha256 of the file, in lower-case hexadecimal
 * @param file its name at that time
 * @param symbolicName the bundle's
 * @param version the bundle's
 * @param approver who said so
 * @param signer the fingerprint of the key whose word it is; empty where it is a person's
 * @param failure why they may not after all, until somebody approves them anew
 */
public record Approval(
        String sha256,
        String file,
        String symbolicName,
        String version,
        String approver,
        Instant time,
        Optional<String> signer,
        Optional<String> failure) {

    /** A person's. */
    public Approval(
            String sha256, String file, String symbolicName, String version, String approver, Instant time) {
        this(sha256, file, symbolicName, version, approver, time, Optional.empty(), Optional.empty());
    }

    Approval failed(String reason) {
        return new Approval(sha256, file, symbolicName, version, approver, time, signer, Optional.of(reason));
    }
}
