package org.hearthwatch.api.security;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * A text with signatures below it, as C2SP's signed-note specification has it: text that ends in a line break, an empty line,
 * and lines {@code — name base64(key id, signature)}. This is the form alone: nothing here says that a signature is right.
 *
 * @param text what is signed, its last line break included
 * @param signatures at least one
 */
public record SignedNote(String text, List<Signature> signatures) {

    /** The longest note that is read. */
    public static final int MOST_BYTES = 64 << 10;

    /** The most signatures a note may have. */
    public static final int MOST_SIGNATURES = 16;

    private static final String FRONT = "\u2014 ";
    private static final int ID_BYTES = 4;

    public SignedNote {
        signatures = List.copyOf(signatures);
    }

    /**
     * One signature.
     *
     * @param keyName who says to have signed
     * @param keyId the first eight hexadecimal digits of the key's hash, as {@link #keyId} makes them
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes go in and out as copies
    public record Signature(String keyName, String keyId, byte[] bytes) {

        public Signature {
            bytes = bytes.clone();
        }

        @Override
        public byte[] bytes() {
            return bytes.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Signature that
                    && keyName.equals(that.keyName)
                    && keyId.equals(that.keyId)
                    && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return keyId.hashCode() + 31 * Arrays.hashCode(bytes);
        }
    }

    /**
     * Reads a note.
     *
     * @throws IllegalArgumentException if it is none, saying what is wrong
     */
    public static SignedNote parse(byte[] bytes) {
        if (bytes.length > MOST_BYTES) {
            throw new IllegalArgumentException("it is longer than " + MOST_BYTES + " bytes");
        }
        String note;
        try {
            note = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("it is not UTF-8", e);
        }
        if (note.chars().anyMatch(c -> c < ' ' && c != '\n')) {
            throw new IllegalArgumentException("it has control characters");
        }
        int end = note.lastIndexOf("\n\n");
        if (end < 0 || !note.endsWith("\n")) {
            throw new IllegalArgumentException("it has no signatures below an empty line");
        }
        List<Signature> signatures = new ArrayList<>();
        for (String line : note.substring(end + 2).split("\n", -1)) {
            if (!line.isEmpty()) {
                signatures.add(signature(line));
            } else if (signatures.isEmpty()) {
                throw new IllegalArgumentException("it has no signatures below an empty line");
            }
        }
        if (signatures.size() > MOST_SIGNATURES) {
            throw new IllegalArgumentException("it has more than " + MOST_SIGNATURES + " signatures");
        }
        return new SignedNote(note.substring(0, end + 1), signatures);
    }

    private static Signature signature(String line) {
        String[] parts = line.split(" ", -1);
        if (parts.length != 3 || !(parts[0] + " ").equals(FRONT) || !isKeyName(parts[1])) {
            throw new IllegalArgumentException("a line below the text is no signature");
        }
        byte[] keyed = Base64.getDecoder().decode(parts[2]);
        if (keyed.length <= ID_BYTES
                || !Base64.getEncoder().encodeToString(keyed).equals(parts[2])) {
            throw new IllegalArgumentException("a signature is too short or oddly written");
        }
        return new Signature(
                parts[1],
                HexFormat.of().formatHex(keyed, 0, ID_BYTES),
                Arrays.copyOfRange(keyed, ID_BYTES, keyed.length));
    }

    /** Whether a key may have this name: no blanks, no plus sign, not empty. */
    public static boolean isKeyName(String name) {
        return !name.isEmpty()
                && name.codePoints()
                        .noneMatch(c -> c == '+' || Character.isWhitespace(c) || Character.isSpaceChar(c) || c < ' ');
    }

    /**
     * What tells a key in a signature.
     *
     * @param typedKey the algorithm's type followed by the public key
     * @return eight hexadecimal digits
     */
    public static String keyId(String keyName, byte[] typedKey) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((keyName + "\n").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(typedKey), 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** As it is written into a file. */
    @Override
    public String toString() {
        var note = new StringBuilder(text).append('\n');
        for (Signature signature : signatures) {
            byte[] id = HexFormat.of().parseHex(signature.keyId());
            byte[] keyed = Arrays.copyOf(id, ID_BYTES + signature.bytes.length);
            System.arraycopy(signature.bytes, 0, keyed, ID_BYTES, signature.bytes.length);
            note.append(FRONT)
                    .append(signature.keyName())
                    .append(' ')
                    .append(Base64.getEncoder().encodeToString(keyed))
                    .append('\n');
        }
        return note.toString();
    }
}
