package org.hearthwatch.api.secret;

import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The secrets in the vault, for those who look after them; who only uses one asks {@link Secrets}. Names are paths such as
 * {@code smtp/password}: letters, digits and {@code . _ -}, in parts separated by {@code /}, 1 to 128 characters.
 * Thread-safe; whoever calls for a person records it in the audit log first.
 */
@ProviderType
public interface SecretStore {

    /** All names, in their order, without their values. */
    List<Info> list() throws VaultException;

    /**
     * Keeps a new version; a few former ones stay.
     *
     * @param value 1 byte to 64 KiB; the caller closes it
     */
    Info set(String name, Secret value) throws VaultException;

    /**
     * A value; the caller closes it.
     *
     * @param version the newest where empty
     */
    Secret get(String name, OptionalInt version) throws VaultException;

    /** What versions there are, the newest first. */
    List<Version> history(String name) throws VaultException;

    /** Removes all versions. */
    void delete(String name) throws VaultException;

    /**
     * Has the {@link SecretRotation} that owns the secret change it at its source: a new value is made, tried, kept here,
     * and the former one ended there.
     *
     * @throws VaultException if nobody owns it, or a step failed; the message says which, and which value holds now
     */
    Info rotate(String name) throws VaultException;

    /**
     * A secret.
     *
     * @param version of the newest value, from 1
     * @param changed when that was kept
     * @param rotates whether somebody can rotate it
     */
    record Info(String name, int version, Instant changed, int versions, boolean rotates) {}

    /** A version of a secret. */
    record Version(int number, Instant created) {}
}
