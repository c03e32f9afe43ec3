package org.hearthwatch.secret.shares;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Shamir's secret sharing (1979), byte by byte in GF(2^8) with the polynomial of AES. Without tables and without branches
 * on secret bytes, so that time and cache tell nothing.
 */
public final class Shamir {

    public static final int MOST_SHARES = 16;

    private Shamir() {}

    /**
     * A point of the polynomials.
     *
     * @param index 1 to {@value #MOST_SHARES}
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Share(int index, byte[] bytes) {}

    /** Any {@code threshold} of the shares give the secret back; fewer tell nothing about it. */
    static List<Share> split(byte[] secret, int threshold, int shares, SecureRandom random) {
        byte[][] coefficients = new byte[threshold][secret.length];
        coefficients[0] = secret;
        for (int i = 1; i < threshold; i++) {
            random.nextBytes(coefficients[i]);
        }
        List<Share> split = new ArrayList<>();
        for (int x = 1; x <= shares; x++) {
            byte[] bytes = new byte[secret.length];
            for (int i = threshold - 1; i >= 0; i--) {
                for (int b = 0; b < bytes.length; b++) {
                    bytes[b] = (byte) (product(bytes[b] & 0xff, x) ^ coefficients[i][b]);
                }
            }
            split.add(new Share(x, bytes));
        }
        for (int i = 1; i < threshold; i++) {
            Arrays.fill(coefficients[i], (byte) 0);
        }
        return split;
    }

    /** The secret, by Lagrange's interpolation at 0; nonsense where the shares are too few or not of one splitting. */
    static byte[] join(List<Share> shares) {
        byte[] secret = new byte[shares.get(0).bytes().length];
        for (Share one : shares) {
            int weight = 1;
            for (Share other : shares) {
                if (other.index() != one.index()) {
                    weight = product(weight, product(other.index(), inverse(other.index() ^ one.index())));
                }
            }
            for (int b = 0; b < secret.length; b++) {
                secret[b] ^= (byte) product(one.bytes()[b] & 0xff, weight);
            }
        }
        return secret;
    }

    static int product(int a, int b) {
        int product = 0;
        int shifted = a;
        for (int bit = 0; bit < 8; bit++) {
            product ^= shifted & -(b >> bit & 1);
            shifted = shifted << 1 ^ (0x11b & -(shifted >> 7));
        }
        return product;
    }

    /** a^254. */
    static int inverse(int a) {
        int power = a;
        for (int i = 0; i < 6; i++) {
            power = product(product(power, power), a);
        }
        return product(power, power);
    }
}
