package org.hearthwatch.plugin.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.hearthwatch.api.security.SignedNote;
import org.hearthwatch.testkit.ForAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The form of signed notes, whoever wrote them. */
class NoteTest {

    @Test
    void what_is_written_is_read_again() {
        ForAll.cases(300, NoteTest::note)
                .check(note -> assertThat(SignedNote.parse(bytes(note.toString()))).isEqualTo(note));
    }

    @Test
    void a_note_that_is_changed_anywhere_is_another_note_or_none() {
        ForAll.cases(2_000, random -> changed(bytes(note(random).toString()), random))
                .check(pair -> {
                    SignedNote before = SignedNote.parse(pair.get(0));
                    try {
                        assertThat(SignedNote.parse(pair.get(1))).isNotEqualTo(before);
                    } catch (IllegalArgumentException e) {
                        assertThat(e).hasMessageNotContaining("null");
                    }
                });
    }

    @Test
    void any_bytes_are_a_note_or_refused() {
        ForAll.cases(3_000, NoteTest::rubbish).check(bytes -> {
            try {
                SignedNote note = SignedNote.parse(bytes);
                assertThat(note.signatures()).isNotEmpty();
                assertThat(note.text()).endsWith("\n");
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        });
    }

    static Stream<String> broken() {
        return Stream.of(
                "",
                "\n",
                "text",
                "text\n",
                "text\n\n",
                "text\n\nno signature\n",
                "text\n\n\u2014 name\n",
                "text\n\n\u2014 name AAAA\n",
                "text\n\n\u2014 name AAAAAAA=",
                "text\n\n\u2014 na+me AAAAAAAA\n",
                "text\n\n\u2014 na\u00a0me AAAAAAAA\n",
                "text\n\n\u2014  AAAAAAAA\n",
                "text\n\n\u2014 name AAAAAAAB==\n",
                "text\n\n- name AAAAAAAA\n",
                "te\rxt\n\n\u2014 name AAAAAAAA\n",
                "text\n\n\u2014 name AAAAAAAA\n\n",
                "text\n\n" + "\u2014 name AAAAAAAA\n".repeat(17),
                "x".repeat(70_000) + "\n\n\u2014 name AAAAAAAA\n");
    }

    @ParameterizedTest
    @MethodSource("broken")
    void what_is_no_note_is_refused(String text) {
        assertThatThrownBy(() -> SignedNote.parse(bytes(text))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_published_example_of_a_key_gives_its_published_id() {
        // The verifier key of the Go checksum database.
        String key = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";
        byte[] typed = java.util.Base64.getDecoder().decode(key.substring(key.lastIndexOf("+A") + 1));

        assertThat(SignedNote.keyId("sum.golang.org", typed)).isEqualTo("033de0ae");
    }

    private static SignedNote note(SplittableRandom random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(5); i >= 0; i--) {
            random.ints(random.nextInt(20), 32, 0x2000).forEach(text::appendCodePoint);
            text.append('\n');
        }
        List<SignedNote.Signature> signatures = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            byte[] bytes = new byte[1 + random.nextInt(100)];
            random.nextBytes(bytes);
            signatures.add(new SignedNote.Signature(
                    "key-" + random.nextInt(1000), String.format("%08x", random.nextInt()), bytes));
        }
        return new SignedNote(text.toString(), signatures);
    }

    private static List<byte[]> changed(byte[] note, SplittableRandom random) {
        byte[] other = note.clone();
        other[random.nextInt(other.length)] ^= (byte) (1 << random.nextInt(8));
        return List.of(note, other);
    }

    private static byte[] rubbish(SplittableRandom random) {
        String[] pieces = {"\n", "\n\n", "\u2014 ", "name ", "AAAAAAAA", "\u2014 name AAAAAAAA\n", " ", "+", "=", "\u0000", "x"};
        var text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        return bytes(text.toString());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
