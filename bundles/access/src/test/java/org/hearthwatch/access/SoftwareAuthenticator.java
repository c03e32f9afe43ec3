package org.hearthwatch.access;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hearthwatch.api.access.Passkeys.Ceremony;

/** A security key in memory, which answers as browsers do; what it says can be bent. */
final class SoftwareAuthenticator {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final CBORMapper CBOR = new CBORMapper();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final int PRESENT = 1;
    private static final int VERIFIED = 4;
    private static final int ATTESTED = 0x40;

    private final KeyPair keys;
    private final byte[] id;
    private String owner = "";

    String origin = "https://hw.example";
    String host = "hw.example";
    boolean verifies = true;
    boolean present = true;
    long counter = 1;

    SoftwareAuthenticator(String id) {
        this.id = id.getBytes(StandardCharsets.US_ASCII);
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            keys = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String create(Ceremony ceremony) throws IOException {
        owner = ceremony.owner();
        var key = (ECPublicKey) keys.getPublic();
        Map<Integer, Object> cose = new LinkedHashMap<>();
        cose.put(1, 2);
        cose.put(3, -7);
        cose.put(-1, 1);
        cose.put(-2, coordinate(key.getW().getAffineX()));
        cose.put(-3, coordinate(key.getW().getAffineY()));
        var data = new ByteArrayOutputStream();
        data.write(authenticatorData(ATTESTED));
        data.write(new byte[16]);
        data.write(ByteBuffer.allocate(2).putShort((short) id.length).array());
        data.write(id);
        data.write(CBOR.writeValueAsBytes(cose));
        Map<String, Object> attestation = new LinkedHashMap<>();
        attestation.put("fmt", "none");
        attestation.put("attStmt", Map.of());
        attestation.put("authData", data.toByteArray());
        return credential(Map.of(
                "clientDataJSON", BASE64.encodeToString(clientData("webauthn.create", ceremony)),
                "attestationObject", BASE64.encodeToString(CBOR.writeValueAsBytes(attestation))));
    }

    String get(Ceremony ceremony) throws IOException {
        byte[] client = clientData("webauthn.get", ceremony);
        byte[] data = authenticatorData(0);
        return credential(Map.of(
                "clientDataJSON", BASE64.encodeToString(client),
                "authenticatorData", BASE64.encodeToString(data),
                "userHandle", owner,
                "signature", BASE64.encodeToString(sign(data, sha256(client)))));
    }

    private String credential(Map<String, String> response) throws IOException {
        return JSON.writeValueAsString(Map.of(
                "id", BASE64.encodeToString(id),
                "rawId", BASE64.encodeToString(id),
                "type", "public-key",
                "clientExtensionResults", Map.of(),
                "response", response));
    }

    private byte[] clientData(String type, Ceremony ceremony) throws IOException {
        return JSON.writeValueAsBytes(
                Map.of("type", type, "challenge", ceremony.challenge(), "origin", origin, "crossOrigin", false));
    }

    private byte[] authenticatorData(int more) {
        int flags = (present ? PRESENT : 0) | (verifies ? VERIFIED : 0) | more;
        return ByteBuffer.allocate(37)
                .put(sha256(host.getBytes(StandardCharsets.US_ASCII)))
                .put((byte) flags)
                .putInt((int) counter)
                .array();
    }

    private byte[] sign(byte[]... parts) {
        try {
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            for (byte[] part : parts) {
                signature.update(part);
            }
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] coordinate(BigInteger value) {
        byte[] bytes = value.toByteArray();
        byte[] fixed = new byte[32];
        int length = Math.min(bytes.length, fixed.length);
        System.arraycopy(bytes, bytes.length - length, fixed, fixed.length - length, length);
        return fixed;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
