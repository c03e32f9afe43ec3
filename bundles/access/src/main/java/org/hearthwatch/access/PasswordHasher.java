package org.hearthwatch.access;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.hearthwatch.api.access.Refusal;

/**
 * Computes Argon2id, one at a time: a computation holds its whole memory on the heap, and who floods the sign-in with
 * attempts must not be able to take more. A few callers may wait; the rest are turned away at once. Thread-safe.
 */
final class PasswordHasher {

    private static final int MOST_WAITING = 8;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final SecureRandom random;
    private final Semaphore turn = new Semaphore(1, true);
    private final AtomicInteger callers = new AtomicInteger();

    PasswordHasher(SecureRandom random) {
        this.random = random;
    }

    /** Hashes a new password with a new salt. */
    PasswordHash hash(byte[] password, Argon2Cost cost) throws Refusal {
        byte[] salt = bytes(PasswordHash.SALT_BYTES);
        return hash(password, cost, salt);
    }

    /** Hashes with a salt that others share. */
    PasswordHash hash(byte[] password, Argon2Cost cost, byte[] salt) throws Refusal {
        return new PasswordHash(cost, salt, compute(password, cost, salt));
    }

    /** Whether it is the password, in a time that does not depend on where it differs. */
    boolean matches(PasswordHash stored, byte[] password) throws Refusal {
        return MessageDigest.isEqual(stored.hash(), compute(password, stored.cost(), stored.salt()));
    }

    /** Takes the time {@link #matches} takes and never matches: what happens for a name nobody has. */
    void pretend(byte[] password, Argon2Cost cost) throws Refusal {
        byte[] unused = compute(password, cost, bytes(PasswordHash.SALT_BYTES));
        Arrays.fill(unused, (byte) 0);
    }

    private byte[] compute(byte[] password, Argon2Cost cost, byte[] salt) throws Refusal {
        if (callers.incrementAndGet() > MOST_WAITING + 1) {
            callers.decrementAndGet();
            throw busy();
        }
        try {
            if (!turn.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy();
            }
            try {
                return argon2id(password, cost, salt);
            } finally {
                turn.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        } finally {
            callers.decrementAndGet();
        }
    }

    private static byte[] argon2id(byte[] password, Argon2Cost cost, byte[] salt) {
        var generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.memoryKib())
                .withIterations(cost.iterations())
                .withParallelism(1)
                .withSalt(salt)
                .build());
        byte[] hash = new byte[PasswordHash.HASH_BYTES];
        byte[] copy = password.clone();
        generator.generateBytes(copy, hash);
        Arrays.fill(copy, (byte) 0);
        return hash;
    }

    private static Refusal busy() {
        return new Refusal(
                Refusal.Kind.TOO_MANY_ATTEMPTS, "Many are signing in at this moment; try again shortly.", RETRY_AFTER);
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
