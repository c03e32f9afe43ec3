package org.hearthwatch.secret.crypto;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * How a passphrase becomes a key, with parameters that stand in the file. They are bounded before anything is computed:
 * whoever can write the file must neither be able to weaken it nor to make the appliance run out of memory. Argon2id is
 * computed one at a time: each computation holds its whole memory on the heap.
 */
public sealed interface Stretching {

    int SALT_BYTES = 16;

    /** The key of a passphrase. */
    Wiped key(byte[] passphrase);

    /** How much memory {@link #key} takes. */
    long bytes();

    /** As it stands in the file, such as {@code argon2id m=65536 t=3 p=4 salt=00ff...}. */
    String text();

    /** The same without the salt, for people. */
    String strength();

    /** Whether it costs a guesser less than what is recommended now. */
    boolean isWeak();

    /** The same algorithm as it is recommended now. */
    Stretching recommended(byte[] salt);

    /**
     * Argon2id (RFC 9106), version 19.
     *
     * @param memoryKib 19 MiB to 1 GiB
     * @param iterations 1 to 16
     * @param lanes 1 to 8
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Argon2id(int memoryKib, int iterations, int lanes, byte[] salt) implements Stretching {

        static final int LEAST_KIB = 19 * 1024;
        static final int MOST_KIB = 1 << 20;

        public Argon2id {
            check("memory in KiB", memoryKib, LEAST_KIB, MOST_KIB);
            check("iterations", iterations, memoryKib < 64 * 1024 ? 2 : 1, 16);
            check("lanes", lanes, 1, 8);
            checkSalt(salt);
        }

        /** RFC 9106's second choice, for machines where 2 GiB is too much. */
        public static Argon2id usual(byte[] salt) {
            return new Argon2id(64 * 1024, 3, 4, salt);
        }

        @Override
        public boolean isWeak() {
            Argon2id usual = usual(salt);
            return (long) memoryKib * iterations < (long) usual.memoryKib * usual.iterations;
        }

        @Override
        public Stretching recommended(byte[] newSalt) {
            return usual(newSalt);
        }

        @Override
        public Wiped key(byte[] passphrase) {
            synchronized (Argon2id.class) {
                return new Wiped(compute(memoryKib, iterations, lanes, salt, passphrase, new byte[0], new byte[0]));
            }
        }

        static byte[] compute(
                int memoryKib,
                int iterations,
                int lanes,
                byte[] salt,
                byte[] passphrase,
                byte[] secret,
                byte[] additional) {
            var generator = new Argon2BytesGenerator();
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(memoryKib)
                    .withIterations(iterations)
                    .withParallelism(lanes)
                    .withSalt(salt)
                    .withSecret(secret)
                    .withAdditional(additional)
                    .build());
            byte[] key = new byte[Gcm.KEY_BYTES];
            byte[] copy = passphrase.clone();
            generator.generateBytes(copy, key);
            Arrays.fill(copy, (byte) 0);
            return key;
        }

        @Override
        public long bytes() {
            return memoryKib * 1024L * 9 / 8;
        }

        @Override
        public String strength() {
            return "argon2id m=" + memoryKib + " t=" + iterations + " p=" + lanes;
        }

        @Override
        public String text() {
            return strength() + " salt=" + HexFormat.of().formatHex(salt);
        }
    }

    /**
     * PBKDF2 with HMAC-SHA256 (RFC 8018).
     *
     * @param iterations 600 000 to 10 000 000
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Pbkdf2(int iterations, byte[] salt) implements Stretching {

        static final int LEAST = 600_000;
        static final int MOST = 10_000_000;

        public Pbkdf2 {
            check("iterations", iterations, LEAST, MOST);
            checkSalt(salt);
        }

        public static Pbkdf2 usual(byte[] salt) {
            return new Pbkdf2(LEAST, salt);
        }

        @Override
        public boolean isWeak() {
            return iterations < LEAST;
        }

        @Override
        public Stretching recommended(byte[] newSalt) {
            return usual(newSalt);
        }

        @Override
        public Wiped key(byte[] passphrase) {
            var generator = new PKCS5S2ParametersGenerator(SHA256Digest.newInstance());
            generator.init(passphrase, salt, iterations);
            return new Wiped(((KeyParameter) generator.generateDerivedMacParameters(8 * Gcm.KEY_BYTES)).getKey());
        }

        @Override
        public long bytes() {
            return 0;
        }

        @Override
        public String strength() {
            return "pbkdf2-sha256 i=" + iterations;
        }

        @Override
        public String text() {
            return strength() + " salt=" + HexFormat.of().formatHex(salt);
        }
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws IllegalArgumentException naming what is outside its bounds
     */
    static Stretching parse(String text) {
        String[] words = text.split(" ", -1);
        Map<String, String> values = new TreeMap<>();
        for (int i = 1; i < words.length; i++) {
            String[] pair = words[i].split("=", 2);
            if (pair.length != 2 || values.put(pair[0], pair[1]) != null) {
                throw new IllegalArgumentException("\"" + words[i] + "\" is no parameter, or stands twice");
            }
        }
        Stretching parsed;
        switch (words[0]) {
            case "argon2id" ->
                parsed = new Argon2id(number(values, "m"), number(values, "t"), number(values, "p"), salt(values));
            case "pbkdf2-sha256" -> parsed = new Pbkdf2(number(values, "i"), salt(values));
            default -> throw new IllegalArgumentException("\"" + words[0] + "\" is no way to make a key");
        }
        if (!parsed.text().equals(text)) {
            throw new IllegalArgumentException("the parameters are not in their one form");
        }
        return parsed;
    }

    private static int number(Map<String, String> values, String name) {
        try {
            return Integer.parseInt(values.getOrDefault(name, ""));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the parameter " + name + " is not a number that fits", e);
        }
    }

    private static byte[] salt(Map<String, String> values) {
        String salt = values.getOrDefault("salt", "");
        return HexFormat.of().parseHex(salt);
    }

    private static void check(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " of " + value + " is outside " + least + " to " + most);
        }
    }

    private static void checkSalt(byte[] salt) {
        if (salt.length != SALT_BYTES) {
            throw new IllegalArgumentException("a salt has " + SALT_BYTES + " bytes, not " + salt.length);
        }
    }
}
