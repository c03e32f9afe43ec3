package org.hearthwatch.backup.age;

import java.io.ByteArrayOutputStream;
import java.util.Locale;

/** Keys as text with a checksum (BIP 173), as age writes its keys. */
final class Bech32 {

    private static final String LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int CHECK = 6;
    private static final int[] GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};

    private Bech32() {}

    static String encode(String prefix, byte[] data) {
        var text = new StringBuilder(prefix).append('1');
        int check = start(prefix);
        int bits = 0;
        int held = 0;
        for (byte each : data) {
            held = (held << 8) | (each & 0xff);
            for (bits += 8; bits >= 5; bits -= 5) {
                check = append(text, check, (held >> (bits - 5)) & 31);
            }
        }
        if (bits > 0) {
            check = append(text, check, (held << (5 - bits)) & 31);
        }
        for (int i = 0; i < CHECK; i++) {
            check = step(check, 0);
        }
        check ^= 1;
        for (int i = 0; i < CHECK; i++) {
            text.append(LETTERS.charAt((check >> (5 * (CHECK - 1 - i))) & 31));
        }
        return text.toString();
    }

    /** @throws IllegalArgumentException without the text, which may be a private key */
    static byte[] decode(String prefix, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if ((!text.equals(lower) && !text.equals(text.toUpperCase(Locale.ROOT)))
                || !lower.startsWith(prefix + "1")
                || lower.length() > 256) {
            throw new IllegalArgumentException("it does not begin with " + prefix + "1, or mixes capitals");
        }
        int check = start(prefix);
        int bits = 0;
        int held = 0;
        int end = lower.length() - CHECK;
        var data = new ByteArrayOutputStream();
        for (int i = prefix.length() + 1; i < lower.length(); i++) {
            int value = LETTERS.indexOf(lower.charAt(i));
            if (value < 0) {
                throw new IllegalArgumentException("it has a letter in it that no key has");
            }
            check = step(check, value);
            if (i < end) {
                held = (held << 5) | value;
                bits += 5;
                if (bits >= 8) {
                    bits -= 8;
                    data.write(held >> bits);
                    held &= (1 << bits) - 1;
                }
            }
        }
        if (check != 1 || bits >= 5 || held != 0) {
            throw new IllegalArgumentException("a letter in it is wrong or missing");
        }
        return data.toByteArray();
    }

    private static int append(StringBuilder text, int check, int value) {
        text.append(LETTERS.charAt(value));
        return step(check, value);
    }

    private static int start(String prefix) {
        int check = 1;
        for (int i = 0; i < prefix.length(); i++) {
            check = step(check, prefix.charAt(i) >> 5);
        }
        check = step(check, 0);
        for (int i = 0; i < prefix.length(); i++) {
            check = step(check, prefix.charAt(i) & 31);
        }
        return check;
    }

    private static int step(int check, int value) {
        int top = check >>> 25;
        int next = ((check & 0x1ffffff) << 5) ^ value;
        for (int i = 0; i < GENERATOR.length; i++) {
            next ^= GENERATOR[i] & -((top >> i) & 1);
        }
        return next;
    }
}
