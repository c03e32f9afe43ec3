package org.hearthwatch.api.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.secret.Secret;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Passkeys (W3C Web Authentication, level 3): people sign in with what their device holds, without a password or beside one.
 * Every ceremony has a challenge that counts once, for five minutes, and only for the browser that began it. Answers are the
 * JSON of a browser's {@code PublicKeyCredential}. Thread-safe; changes are on disk when a method returns.
 */
@ProviderType
public interface Passkeys {

    /** All, by user. */
    List<Passkey> list();

    /**
     * Begins to make a passkey for somebody who is signed in.
     *
     * @param session the id of their session
     */
    Ceremony beginRegistration(String user, Secret session, Site site) throws Refusal;

    /**
     * Keeps the passkey that was made.
     *
     * @param name what its owner calls it, 1 to 64 characters
     */
    Passkey register(String user, Secret session, String name, String answer, Site site) throws Refusal;

    /** Takes a passkey away; the user's sessions end. */
    void remove(String user, String name) throws Refusal;

    /**
     * Begins to sign somebody in without a password.
     *
     * @param origin the address the request comes from
     */
    Departure beginSignIn(String origin, Site site) throws Refusal;

    /**
     * Begins what comes after the password of a user was right.
     *
     * @return empty if they have no passkey at this site
     */
    Optional<Departure> beginSecondStep(String user, String origin, Site site) throws Refusal;

    /** Whoever answers is signed in. */
    Sessions.Session signIn(Secret binding, String answer, String origin, Site site) throws Refusal;

    /** Begins to have somebody show again who they are. */
    Ceremony beginConfirmation(Secret session, Site site) throws Refusal;

    /** @return the session under a new id; the former id is no longer good */
    Sessions.Session confirm(Secret session, String answer, Site site) throws Refusal;

    /**
     * Where the browser is.
     *
     * @param origin scheme, host and port, as browsers write it
     * @param host a name of the appliance; passkeys belong to one
     */
    record Site(String origin, String host) {}

    /**
     * What a browser is told.
     *
     * @param challenge base64url
     * @param owner an opaque name of the user, base64url; empty where anybody may answer
     * @param credentials ids in base64url: to be left out when a passkey is made, the ones that may answer otherwise
     * @param verify whether the device must have its PIN, finger or face
     */
    record Ceremony(String challenge, String host, String owner, List<String> credentials, boolean verify) {
        public Ceremony {
            credentials = List.copyOf(credentials);
        }
    }

    /** @param binding for a cookie of this browser */
    record Departure(Secret binding, Ceremony ceremony) {}

    /**
     * A passkey.
     *
     * @param host the name of the appliance it was made for
     * @param synced whether its maker keeps copies on other devices
     */
    record Passkey(String user, String name, String host, boolean synced, Instant added, Optional<Instant> lastUsed) {}
}
