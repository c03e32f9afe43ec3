package org.hearthwatch.plugin.trust;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hearthwatch.api.security.SignedNote;
import org.hearthwatch.plugin.jar.Digests;
import org.hearthwatch.plugin.trust.KeyText.Role;

/** Somebody with a key of his own, made for the test. */
public final class Signer {

    private final SigningKey key;

    public Signer(String name) {
        key = SigningKey.make(name, new SecureRandom());
    }

    public String fingerprint() {
        return key.verifier().fingerprint();
    }

    /** The public key, for plugins. */
    public String publicKey() {
        return publicKey(Role.PLUGIN, Optional.empty());
    }

    public String publicKey(Role role, Optional<Instant> expires) {
        return new KeyText(key.verifier(), Set.of(role), expires).text();
    }

    /** Puts the public key into a trust folder. */
    public void trustIn(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(key.verifier().name() + ".pub"), publicKey());
    }

    public SignedNote note(FileClaim claim) {
        return key.sign(claim.text());
    }

    public static FileClaim claim(Path file) throws IOException {
        return new FileClaim(Files.size(file), Digests.of(file));
    }

    /** Writes the signature of a file beside it. */
    public void sign(Path file) throws IOException {
        Files.writeString(beside(file), note(claim(file)).toString());
    }

    public static Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + FileClaim.SUFFIX);
    }

    static byte[] bytes(SignedNote note) {
        return note.toString().getBytes(StandardCharsets.UTF_8);
    }

    static SignedNote with(SignedNote note, SignedNote.Signature... signatures) {
        return new SignedNote(note.text(), List.of(signatures));
    }
}
