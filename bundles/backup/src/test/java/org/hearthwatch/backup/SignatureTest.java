package org.hearthwatch.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SignatureTest {

    private static final byte[] SEED = seed(1);
    private static final String TEXT = Signature.text("a.tar.age", 5, "00ff");
    private static final String NOTE = Signature.sign(SEED, TEXT);
    private static final String VERIFIER = Signature.verifier(SEED);

    @Test
    void both_signatures_of_the_same_text_count() {
        assertThat(Signature.holds(NOTE, TEXT, VERIFIER)).isTrue();
        assertThat(Signature.holds(NOTE, TEXT, VERIFIER.replace(' ', '\n') + "\n"))
                .isTrue();
    }

    @Test
    void one_half_alone_twice_the_same_swapped_or_none_does_not() {
        String[] lines = NOTE.substring(TEXT.length() + 1).split("\n", -1);
        String classical = lines[0] + "\n";
        String lattice = lines[1] + "\n";
        for (String below : new String[] {
            classical,
            lattice,
            classical + classical,
            lattice + lattice,
            lattice + classical,
            classical + lattice + classical,
            ""
        }) {
            assertThat(Signature.holds(TEXT + "\n" + below, TEXT, VERIFIER))
                    .as("below the text: %s", below)
                    .isFalse();
        }
    }

    @Test
    void a_half_by_another_key_does_not() {
        String other = Signature.sign(seed(2), TEXT);
        String[] ours = NOTE.substring(TEXT.length() + 1).split("\n", -1);
        String[] theirs = other.substring(TEXT.length() + 1).split("\n", -1);

        assertThat(Signature.holds(other, TEXT, VERIFIER)).isFalse();
        assertThat(Signature.holds(TEXT + "\n" + ours[0] + "\n" + theirs[1] + "\n", TEXT, VERIFIER))
                .isFalse();
        assertThat(Signature.holds(TEXT + "\n" + theirs[0] + "\n" + ours[1] + "\n", TEXT, VERIFIER))
                .isFalse();
    }

    @Test
    void another_text_does_not() {
        assertThat(Signature.holds(NOTE, Signature.text("b.tar.age", 5, "00ff"), VERIFIER))
                .isFalse();
        assertThat(Signature.holds(NOTE.replace("a.tar", "b.tar"), Signature.text("b.tar.age", 5, "00ff"), VERIFIER))
                .isFalse();
    }

    @Test
    void a_verifier_names_both_keys_in_their_order() {
        String[] keys = VERIFIER.split(" ", -1);
        assertThat(Signature.isVerifier(VERIFIER)).isTrue();
        assertThat(Signature.isVerifier(keys[0])).isFalse();
        assertThat(Signature.isVerifier(keys[1])).isFalse();
        assertThat(Signature.isVerifier(keys[1] + " " + keys[0])).isFalse();
        assertThat(Signature.isVerifier(keys[0] + " " + keys[0])).isFalse();
        assertThat(Signature.isVerifier("")).isFalse();
    }

    private static byte[] seed(int value) {
        byte[] seed = new byte[Signature.SEED];
        Arrays.fill(seed, (byte) value);
        return seed;
    }
}
