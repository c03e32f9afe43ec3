package org.hearthwatch.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.hearthwatch.api.security.SignedNote;
import org.junit.jupiter.api.Test;

class NoteKeyTest {

    private final NoteKey key = new NoteKey("hearthwatch.test/audit", new byte[32]);

    @Test
    void a_signed_note_is_recognised() {
        String text = "hearthwatch.test/audit\n7\n";
        String note = key.sign(text);
        assertThat(note).startsWith(text + "\n\u2014 hearthwatch.test/audit ").endsWith("\n");
        assertThat(key.verifier().signed(read(note))).isTrue();
    }

    @Test
    void another_text_another_key_or_another_name_is_not() {
        String note = key.sign("a\n");
        byte[] other = new byte[32];
        other[0] = 1;
        assertThat(key.verifier().signed(read("b" + note.substring(1)))).isFalse();
        assertThat(new NoteKey("hearthwatch.test/audit", other).verifier().signed(read(note)))
                .isFalse();
        assertThat(new NoteKey("elsewhere", new byte[32]).verifier().signed(read(note)))
                .isFalse();
        assertThat(key.verifier().signed(read("a\n\n\u2014 hearthwatch.test/audit AAAAAAAA\n")))
                .isFalse();
        String line = note.substring(note.indexOf('\u2014'));
        assertThat(key.verifier().signed(read(note + line))).as("twice").isFalse();
    }

    private static SignedNote read(String note) {
        return SignedNote.parse(note.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void the_public_key_has_the_form_of_note_verifiers() {
        // RFC 8032's public key of 32 zero bytes is 3b6a27bc...; 01 before it says Ed25519.
        assertThat(key.verifier().text())
                .isEqualTo("hearthwatch.test/audit+e562301c+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop");
        assertThat(NoteVerifier.parse("hearthwatch.test/audit", key.verifier().text())
                        .text())
                .isEqualTo(key.verifier().text());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NoteVerifier.parse("elsewhere", key.verifier().text()));
        assertThatIllegalArgumentException().isThrownBy(() -> NoteVerifier.parse("elsewhere", "nonsense"));
    }
}
