package org.hearthwatch.secret.shares;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.VaultException;
import org.hearthwatch.api.secret.VaultException.Kind;
import org.hearthwatch.secret.crypto.Wiped;

/**
 * A share as words that a person can write down and read out: 41 of 256 words, which differ in their first four letters.
 * They are the version, the set's two bytes, how many cards are enough, the card's number, the share's 32 bytes, and four
 * bytes of the SHA-256 of all that.
 */
public final class Card {

    private static final int VERSION = 1;
    private static final int SHARE_BYTES = 32;
    private static final int HEAD = 5;
    private static final int CHECKED = HEAD + SHARE_BYTES;
    private static final int BYTES = CHECKED + 4;
    private static final int LETTERS = 4;
    private static final int MOST_TEXT = 4096;

    private Card() {}

    /** The key of a set of cards. */
    public record Recovered(String set, Wiped key) {}

    /** Makes the cards of a new set; the caller closes them. */
    public static List<Secret> divide(byte[] set, int threshold, int shares, byte[] key, SecureRandom random) {
        List<Secret> cards = new ArrayList<>();
        for (Shamir.Share share : Shamir.split(key, threshold, shares, random)) {
            byte[] card = ByteBuffer.allocate(BYTES)
                    .put((byte) VERSION)
                    .put(set)
                    .put((byte) threshold)
                    .put((byte) share.index())
                    .put(share.bytes())
                    .array();
            System.arraycopy(check(card), 0, card, CHECKED, BYTES - CHECKED);
            var text = new StringBuilder();
            for (byte each : card) {
                text.append(text.isEmpty() ? "" : " ").append(Words.LIST.get(each & 0xff));
            }
            cards.add(Secret.of(text.toString()));
            Arrays.fill(card, (byte) 0);
            Arrays.fill(share.bytes(), (byte) 0);
        }
        return cards;
    }

    /**
     * The key that enough cards give back.
     *
     * @throws VaultException naming the card that is wrong, by its place among those given, or what is missing
     */
    public static Recovered recover(List<Secret> cards) throws VaultException {
        Map<Integer, Shamir.Share> shares = new TreeMap<>();
        Optional<String> set = Optional.empty();
        int threshold = 0;
        for (int place = 1; place <= cards.size(); place++) {
            byte[] card = bytes(cards.get(place - 1), place);
            String its = HexFormat.of().formatHex(card, 1, 3);
            if (set.isPresent() && !set.get().equals(its)) {
                throw wrong("Card " + place + " is of the set " + its + ", the ones before it of the set " + set.get());
            }
            set = Optional.of(its);
            threshold = card[3];
            int index = card[4];
            if (shares.put(index, new Shamir.Share(index, Arrays.copyOfRange(card, HEAD, CHECKED))) != null) {
                throw wrong("Card " + place + " is number " + index + " of its set, which was given before");
            }
            Arrays.fill(card, (byte) 0);
        }
        if (shares.size() < threshold || shares.isEmpty()) {
            throw wrong(threshold + " cards are needed, " + shares.size() + " were given");
        }
        List<Shamir.Share> enough = shares.values().stream().limit(threshold).toList();
        var key = new Wiped(Shamir.join(enough));
        shares.values().forEach(share -> Arrays.fill(share.bytes(), (byte) 0));
        return new Recovered(set.orElseThrow(), key);
    }

    private static byte[] bytes(Secret card, int place) throws VaultException {
        byte[] utf8 = card.reveal();
        String[] words = new String(utf8, 0, Math.min(utf8.length, MOST_TEXT), StandardCharsets.UTF_8)
                .toLowerCase(Locale.ROOT)
                .replaceAll("^[^a-z]+|[^a-z]+$", "")
                .split("[^a-z]+", -1);
        Arrays.fill(utf8, (byte) 0);
        if (words.length != BYTES) {
            throw wrong("Card " + place + " has " + words.length + " words; a card has " + BYTES);
        }
        byte[] bytes = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            Integer value = Words.VALUES.get(start(words[i]));
            if (value == null) {
                throw wrong("Word " + (i + 1) + " of card " + place + " is none that stands on cards");
            }
            bytes[i] = value.byteValue();
        }
        if (!Arrays.equals(check(bytes), Arrays.copyOfRange(bytes, CHECKED, BYTES))) {
            throw wrong("Card " + place + (bytes[4] > 0 ? " (number " + bytes[4] + ")" : "")
                    + " is not as it was written: a word is wrong or in the wrong place");
        }
        if (bytes[0] != VERSION || bytes[3] < 2 || bytes[4] < 1 || bytes[4] > Shamir.MOST_SHARES) {
            throw wrong("Card " + place + " is of a kind that is not known here");
        }
        return bytes;
    }

    private static VaultException wrong(String message) {
        return new VaultException(Kind.WRONG_KEY, message);
    }

    private static byte[] check(byte[] card) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(card, 0, CHECKED);
            return Arrays.copyOf(sha256.digest(), BYTES - CHECKED);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static String start(String word) {
        return word.substring(0, Math.min(LETTERS, word.length()));
    }

    /** The words, read when the first card is. */
    private static final class Words {

        static final List<String> LIST = read();
        static final Map<String, Integer> VALUES = values();

        private static List<String> read() {
            try (InputStream list = Card.class.getResourceAsStream("words.txt");
                    var reader = new BufferedReader(new InputStreamReader(list, StandardCharsets.US_ASCII))) {
                return reader.lines().toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Map<String, Integer> values() {
            Map<String, Integer> values = new HashMap<>();
            for (int i = 0; i < LIST.size(); i++) {
                values.put(start(LIST.get(i)), i);
            }
            return values;
        }
    }
}
