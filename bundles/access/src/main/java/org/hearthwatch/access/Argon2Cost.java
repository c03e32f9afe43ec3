package org.hearthwatch.access;

/**
 * The cost parameters of Argon2id (RFC 9106), one lane.
 *
 * @param memoryKib memory in KiB, {@value #LEAST_MEMORY_KIB} to {@value #MOST_MEMORY_KIB}; it is Java heap while a hash is computed
 * @param iterations passes over that memory, {@value #LEAST_ITERATIONS} to {@value #MOST_ITERATIONS}
 */
public record Argon2Cost(int memoryKib, int iterations) {

    /** The least memory that still counts as strong, with two or more iterations. */
    public static final int LEAST_MEMORY_KIB = 19 * 1024;

    /** More than this does not fit beside the rest of the appliance. */
    public static final int MOST_MEMORY_KIB = 128 * 1024;

    public static final int LEAST_ITERATIONS = 2;
    public static final int MOST_ITERATIONS = 16;

    /** @throws IllegalArgumentException naming the bound that is passed; nothing is ever computed with such parameters */
    public Argon2Cost {
        if (memoryKib < LEAST_MEMORY_KIB || memoryKib > MOST_MEMORY_KIB) {
            throw new IllegalArgumentException(
                    "Argon2 memory of " + memoryKib + " KiB is outside " + LEAST_MEMORY_KIB + " to " + MOST_MEMORY_KIB);
        }
        if (iterations < LEAST_ITERATIONS || iterations > MOST_ITERATIONS) {
            throw new IllegalArgumentException(
                    iterations + " Argon2 iterations are outside " + LEAST_ITERATIONS + " to " + MOST_ITERATIONS);
        }
    }
}
