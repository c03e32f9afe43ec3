package org.hearthwatch.api.plugin;

import java.util.List;
import org.hearthwatch.api.plugin.Plugins.PluginRefusal;
import org.osgi.annotation.versioning.ProviderType;

/** Whose signatures let plugins in: the files in {@code etc/trust}, which may also be edited by hand. Thread-safe. */
@ProviderType
public interface TrustStore {

    /** All keys that can be read. */
    List<TrustedKey> keys();

    /** What is wrong in the folder, each with file and line; such a file gives no trust. */
    List<String> problems();

    /**
     * Trusts a key from now on.
     *
     * @param publicKey the content of a {@code .pub} file
     * @throws PluginRefusal if it is none, is there already, or was revoked
     */
    TrustedKey add(String publicKey, String who) throws PluginRefusal;

    /**
     * Never trusts a key again; plugins it let in are stopped.
     *
     * @param fingerprint whole or at least its first 12 digits
     * @param reason for those who read the list later; may be empty
     */
    TrustedKey revoke(String fingerprint, String reason, String who) throws PluginRefusal;
}
