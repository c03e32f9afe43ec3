package org.hearthwatch.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class NoteKeyTest {

    private final NoteKey key = new NoteKey("hearthwatch.test/audit", new byte[32]);

    @Test
    void a_signed_note_is_recognised() {
        String text = "hearthwatch.test/audit\n7\n";
        String note = key.sign(text);
        assertThat(note).startsWith(text + "\n\u2014 hearthwatch.test/audit ").endsWith("\n");
        assertThat(key.verifier().signed(text, note.substring(text.length() + 1).strip()))
                .isTrue();
    }

    @Test
    void another_text_another_key_or_another_name_is_not() {
        String text = "a\n";
        String line = key.sign(text).substring(text.length() + 1).strip();
        byte[] other = new byte[32];
        other[0] = 1;
        assertThat(key.verifier().signed("b\n", line)).isFalse();
        assertThat(new NoteKey("hearthwatch.test/audit", other).verifier().signed(text, line))
                .isFalse();
        assertThat(new NoteKey("elsewhere", new byte[32]).verifier().signed(text, line))
                .isFalse();
        assertThat(key.verifier().signed(text, "\u2014 hearthwatch.test/audit ???"))
                .isFalse();
        assertThat(key.verifier().signed(text, "\u2014 hearthwatch.test/audit AAAA"))
                .isFalse();
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
