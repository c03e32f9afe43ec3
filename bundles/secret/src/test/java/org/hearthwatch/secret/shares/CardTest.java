package org.hearthwatch.secret.shares;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.VaultException;
import org.hearthwatch.testkit.ForAll;
import org.junit.jupiter.api.Test;

class CardTest {

    private static final byte[] SET = {0x1f, 0x2a};

    private final SecureRandom random = new SecureRandom();
    private final byte[] key = key();

    private byte[] key() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void every_three_of_five_give_the_key_back_and_no_two_do() throws Exception {
        List<Secret> cards = Card.divide(SET, 3, 5, key, random);
        int threes = 0;
        for (int mask = 0; mask < 32; mask++) {
            List<Secret> some = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                if ((mask >> i & 1) == 1) {
                    some.add(cards.get(i));
                }
            }
            if (some.size() >= 3) {
                threes += some.size() == 3 ? 1 : 0;
                assertThat(Card.recover(some).key().bytes()).isEqualTo(key);
                assertThat(Card.recover(some).set()).isEqualTo("1f2a");
            } else {
                refused("cards are needed", some);
            }
        }
        assertThat(threes).isEqualTo(10);
    }

    @Test
    void fewer_shares_than_are_needed_tell_nothing() {
        // With one share missing every key is possible: for any guess there is a share that gives it.
        ForAll.cases(50, source -> new byte[] {(byte) source.nextInt(256), (byte) source.nextInt(256)})
                .check(pair -> {
                    List<Shamir.Share> shares = Shamir.split(new byte[] {pair[0]}, 2, 2, random);
                    boolean found = false;
                    for (int guess = 0; guess < 256; guess++) {
                        var other = new Shamir.Share(2, new byte[] {(byte) guess});
                        found |= Shamir.join(List.of(shares.get(0), other))[0] == pair[1];
                    }
                    assertThat(found).isTrue();
                });
    }

    @Test
    void shares_of_any_key_and_number_join_in_any_order() {
        ForAll.cases(200, source -> {
                    byte[] secret = new byte[1 + source.nextInt(40)];
                    source.nextBytes(secret);
                    return secret;
                })
                .check(secret -> {
                    int threshold = 2 + (secret[0] & 0xff) % 15;
                    List<Shamir.Share> shares = Shamir.split(secret, threshold, 16, random);
                    Collections.shuffle(shares, random);
                    assertThat(Shamir.join(shares.subList(0, threshold))).isEqualTo(secret);
                });
    }

    @Test
    void multiplication_is_that_of_aes() {
        assertThat(Shamir.product(0x57, 0x83)).isEqualTo(0xc1);
        assertThat(Shamir.product(0x57, 0x13)).isEqualTo(0xfe);
        for (int a = 1; a < 256; a++) {
            assertThat(Shamir.product(a, Shamir.inverse(a))).isOne();
        }
    }

    @Test
    void a_wrong_word_names_the_card() throws Exception {
        List<Secret> cards = new ArrayList<>(Card.divide(SET, 3, 5, key, random));
        List<String> words = words(cards.get(1));
        String other = words.get(10).equals("able") ? "acid" : "able";
        words.set(10, other);
        cards.set(1, card(words));
        refused("Card 2", cards);

        words.set(10, "xylophone");
        cards.set(1, card(words));
        refused("Word 11 of card 2", cards);

        cards.set(1, card(words.subList(0, 40)));
        refused("Card 2 has 40 words", cards);
    }

    @Test
    void cards_are_read_as_people_write_them() throws Exception {
        List<Secret> cards = new ArrayList<>();
        for (Secret card : Card.divide(SET, 2, 2, key, random)) {
            cards.add(Secret.of(words(card).stream()
                    .map(word -> word.substring(0, Math.min(4, word.length())).toUpperCase(Locale.ROOT))
                    .collect(Collectors.joining(",  "))));
        }

        assertThat(Card.recover(cards).key().bytes()).isEqualTo(key);
    }

    @Test
    void cards_of_two_sets_and_the_same_card_twice_are_told_apart() {
        List<Secret> cards = Card.divide(SET, 2, 3, key, random);
        List<Secret> others = Card.divide(new byte[] {1, 2}, 2, 3, key, random);

        refused("Card 2 is of the set 0102", List.of(cards.get(0), others.get(1)));
        refused("Card 2 is number 1 of its set, which was given before", List.of(cards.get(0), cards.get(0)));
    }

    private static List<String> words(Secret card) {
        return new ArrayList<>(Arrays.asList(new String(card.reveal(), StandardCharsets.UTF_8).split(" ")));
    }

    private static Secret card(List<String> words) {
        return Secret.of(String.join(" ", words));
    }

    private static void refused(String message, List<Secret> cards) {
        assertThatExceptionOfType(VaultException.class)
                .isThrownBy(() -> Card.recover(cards))
                .withMessageContaining(message);
    }
}
