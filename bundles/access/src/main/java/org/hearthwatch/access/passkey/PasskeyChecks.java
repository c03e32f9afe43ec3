package org.hearthwatch.access.passkey;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.AttestationObject;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import java.util.List;
import java.util.Optional;

/**
 * Checks what an authenticator made: challenge, origin, host, signature, the flags of presence and verification, and that its
 * counter grows. Whose make it is nobody asks, so no attestation is looked at. Thread-safe.
 */
public final class PasskeyChecks {

    private static final List<PublicKeyCredentialParameters> ALGORITHMS = List.of(
            algorithm(COSEAlgorithmIdentifier.ES256),
            algorithm(COSEAlgorithmIdentifier.EdDSA),
            algorithm(COSEAlgorithmIdentifier.RS256));

    private final WebAuthnManager library;
    private final AttestedCredentialDataConverter credentials;

    public PasskeyChecks() {
        var converter = new ObjectConverter();
        library = WebAuthnManager.createNonStrictWebAuthnManager(converter);
        credentials = new AttestedCredentialDataConverter(converter);
    }

    /**
     * A ceremony as it was begun.
     *
     * @param verify whether the person must have shown the device that they are its owner
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Expected(String origin, String host, byte[] challenge, boolean verify) {
        private ServerProperty server() {
            return new ServerProperty(Origin.create(origin), host, new DefaultChallenge(challenge));
        }
    }

    /**
     * A credential.
     *
     * @param id chosen by the authenticator
     * @param data id and public key, as Web Authentication writes them
     * @param counter of signatures; always 0 with authenticators that do not count
     * @param synced whether its maker keeps copies
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Credential(byte[] id, byte[] data, long counter, boolean synced) {}

    /** An answer whose proof was not looked at yet. */
    public static final class Answer {
        private final AuthenticationData data;

        private Answer(AuthenticationData data) {
            this.data = data;
        }

        /** Of the credential that it says it was made with. */
        public byte[] id() {
            return data.getCredentialId();
        }

        /** The opaque name that the authenticator knows its owner by. */
        public Optional<byte[]> owner() {
            return Optional.ofNullable(data.getUserHandle());
        }
    }

    /** A new credential. */
    public Credential registered(String answer, Expected expected) throws InvalidPasskeyException {
        try {
            RegistrationData data = library.verify(
                    library.parseRegistrationResponseJSON(answer),
                    new RegistrationParameters(expected.server(), ALGORITHMS, expected.verify(), true));
            AttestationObject made = present(data.getAttestationObject());
            AuthenticatorData<?> told = made.getAuthenticatorData();
            AttestedCredentialData credential = present(told.getAttestedCredentialData());
            return new Credential(
                    credential.getCredentialId(),
                    credentials.convert(credential),
                    told.getSignCount(),
                    told.isFlagBS());
        } catch (RuntimeException e) {
            throw refused(e);
        }
    }

    /** Reads an answer, without believing it. */
    public Answer read(String answer) throws InvalidPasskeyException {
        try {
            AuthenticationData data = library.parseAuthenticationResponseJSON(answer);
            present(data.getCredentialId());
            return new Answer(data);
        } catch (RuntimeException e) {
            throw refused(e);
        }
    }

    /** @return the counter as it is now */
    public long proved(Answer answer, Credential credential, Expected expected) throws InvalidPasskeyException {
        try {
            var known = new CredentialRecordImpl(
                    new NoneAttestationStatement(),
                    null,
                    null,
                    null,
                    credential.counter(),
                    credentials.convert(credential.data()),
                    null,
                    null,
                    null,
                    null);
            library.verify(
                    answer.data,
                    new AuthenticationParameters(
                            expected.server(), known, List.of(credential.id()), expected.verify(), true));
            return present(answer.data.getAuthenticatorData()).getSignCount();
        } catch (RuntimeException e) {
            throw refused(e);
        }
    }

    private static <T> T present(@org.jspecify.annotations.Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException("the answer is not complete");
        }
        return value;
    }

    /** The library tells hostile input by exceptions of many kinds. */
    private static InvalidPasskeyException refused(RuntimeException e) {
        return new InvalidPasskeyException(e.getClass().getSimpleName() + ": " + e.getMessage());
    }

    private static PublicKeyCredentialParameters algorithm(COSEAlgorithmIdentifier identifier) {
        return new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, identifier);
    }
}
