package org.hearthwatch.api.plugin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A file in the plugin folder.
 *
 * @param file its name
 * @param sha256 its digest in lower-case hexadecimal
 * @param name the bundle's name, or the file's where it is no bundle
 * @param symbolicName empty where it is no bundle
 * @param version the bundle's version, empty where it is no bundle
 * @param vendor who says to have made it
 * @param reason for a state other than running, why, in words
 * @param since when the state began
 * @param asksFor what an administrator should know before approving, a sentence each: what the code may do that goes
 *     beyond measuring, as far as reading the file shows; empty where it is no bundle
 * @param needs what it declares to need of the appliance, such as {@code net:192.168.0.0/16}, {@code secret:proxmox/*} or
 *     {@code exec:smartctl}
 * @param signer the name of the key whose valid signature lies beside the file, whatever became of the file
 */
public record Plugin(
        String file,
        String sha256,
        String name,
        String symbolicName,
        String version,
        Optional<String> vendor,
        State state,
        Optional<String> reason,
        Instant since,
        List<String> asksFor,
        List<String> needs,
        Optional<String> signer) {

    public Plugin {
        asksFor = List.copyOf(asksFor);
        needs = List.copyOf(needs);
    }

    /** One without a signature that declares no needs. */
    public Plugin(
            String file,
            String sha256,
            String name,
            String symbolicName,
            String version,
            Optional<String> vendor,
            State state,
            Optional<String> reason,
            Instant since,
            List<String> asksFor) {
        this(
                file,
                sha256,
                name,
                symbolicName,
                version,
                vendor,
                state,
                reason,
                since,
                asksFor,
                List.of(),
                Optional.empty());
    }

    /** The same in this state since another time. */
    public Plugin since(Instant time) {
        return new Plugin(
                file, sha256, name, symbolicName, version, vendor, state, reason, time, asksFor, needs, signer);
    }

    /** What became of the file. */
    public enum State {
        /** Neither signed by a trusted key nor approved: kept aside, none of its code has run. */
        QUARANTINED,
        /** Let in and started. */
        RUNNING,
        /** Let in, but not started, as the appliance was told to start without plugins. */
        SAFE_MODE,
        /** Let in, but it could not be started or was stopped for its behaviour. */
        FAILED,
        /** No bundle, too large, damaged, or in conflict with the appliance's own bundles: cannot be approved. */
        REFUSED
    }
}
