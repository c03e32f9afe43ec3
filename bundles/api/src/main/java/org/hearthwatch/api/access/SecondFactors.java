package org.hearthwatch.api.access;

import java.util.List;
import org.hearthwatch.api.secret.Secret;
import org.osgi.annotation.versioning.ProviderType;

/** Codes from a person's phone (TOTP, RFC 6238), and codes on paper for when the phone is gone. Thread-safe. */
@ProviderType
public interface SecondFactors {

    /**
     * Makes a key; it counts only after {@link #confirm}, and is forgotten after ten minutes.
     *
     * @return what the person's app scans or takes typed in
     */
    Enrolment begin(String user) throws Refusal;

    /**
     * Takes the key made last into use.
     *
     * @param code the app's for that key
     * @return the recovery codes, shown this once
     */
    List<Secret> confirm(String user, Secret code) throws Refusal;

    /** Makes new recovery codes; the former are no longer good. */
    List<Secret> renewRecovery(String user) throws Refusal;

    /** Takes the second factor away, as after the loss of a phone; the user's sessions end. */
    void remove(String user) throws Refusal;

    /** How it stands with a user. */
    Status status(String user) throws Refusal;

    /**
     * A key to take into an app.
     *
     * @param key in base 32
     * @param uri the same as {@code otpauth:} address, for a QR code
     */
    record Enrolment(Secret key, Secret uri) {}

    /** @param recoveryLeft recovery codes not used yet */
    record Status(boolean enrolled, int recoveryLeft) {}
}
