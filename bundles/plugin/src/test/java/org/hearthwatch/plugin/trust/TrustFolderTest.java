package org.hearthwatch.plugin.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hearthwatch.plugin.trust.Signer.with;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hearthwatch.api.plugin.Plugins.PluginRefusal;
import org.hearthwatch.api.plugin.TrustedKey;
import org.hearthwatch.api.security.SignedNote;
import org.hearthwatch.plugin.trust.KeyText.Role;
import org.hearthwatch.testkit.ForAll;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustFolderTest {

    private static final FileClaim CLAIM = new FileClaim(12, "ab".repeat(32));
    private static final Signer ANN = new Signer("ann@example.org");
    private static final Signer BOB = new Signer("bob");

    @TempDir
    Path home;

    final TestClock clock = TestClock.atStart();
    Path folder;
    TrustFolder trust;

    @BeforeEach
    void begin() throws IOException {
        folder = home.resolve("trust");
        trust = new TrustFolder(folder, clock);
    }

    @Test
    void a_signature_by_both_algorithms_of_a_trusted_key_counts() throws Exception {
        keep("ann.pub", ANN.publicKey());

        assertThat(trust.check(bytes(ANN.note(CLAIM)), CLAIM))
                .isEqualTo(new Verdict.Valid("ann@example.org", ANN.fingerprint()));
    }

    @Test
    void anything_less_than_both_signatures_in_their_order_and_nothing_else_is_refused() throws Exception {
        keep("ann.pub", ANN.publicKey());
        keep("bob.pub", BOB.publicKey());
        SignedNote note = ANN.note(CLAIM);
        SignedNote.Signature classic = note.signatures().get(0);
        SignedNote.Signature lattice = note.signatures().get(1);
        SignedNote.Signature unknown = new SignedNote.Signature("ann@example.org", "01020304", new byte[64]);
        SignedNote bobs = BOB.note(CLAIM);
        Map<String, SignedNote> cases = new TreeMap<>(Map.of(
                "only Ed25519", with(note, classic),
                "only ML-DSA-65", with(note, lattice),
                "Ed25519 twice", with(note, classic, classic),
                "ML-DSA-65 twice", with(note, lattice, lattice),
                "both, swapped", with(note, lattice, classic),
                "an unknown algorithm first", with(note, unknown, classic, lattice),
                "an unknown algorithm last", with(note, classic, lattice, unknown),
                "one half of each of two keys",
                        with(note, classic, bobs.signatures().get(1)),
                "the bytes of the two swapped",
                        with(
                                note,
                                new SignedNote.Signature(classic.keyName(), classic.keyId(), lattice.bytes()),
                                new SignedNote.Signature(lattice.keyName(), lattice.keyId(), classic.bytes())),
                "Ed25519 right, ML-DSA-65 of another text",
                        with(
                                note,
                                classic,
                                ANN.note(new FileClaim(13, "cd".repeat(32)))
                                        .signatures()
                                        .get(1))));

        cases.forEach((name, odd) ->
                assertThat(trust.check(bytes(odd), CLAIM)).as(name).isInstanceOf(Verdict.Worthless.class));
        assertThat(trust.check(bytes("text\n\n"), CLAIM)).as("an empty list").isInstanceOf(Verdict.Worthless.class);
        assertThat(trust.check(bytes(note), CLAIM)).as("the note itself").isInstanceOf(Verdict.Valid.class);
    }

    @Test
    void a_signature_with_any_bit_turned_is_refused() throws Exception {
        keep("ann.pub", ANN.publicKey());
        byte[] right = bytes(ANN.note(CLAIM));

        ForAll.cases(200, random -> {
                    byte[] turned = right.clone();
                    turned[random.nextInt(turned.length)] ^= (byte) (1 << random.nextInt(8));
                    return turned;
                })
                .check(turned -> assertThat(trust.check(turned, CLAIM)).isInstanceOf(Verdict.Worthless.class));
    }

    @Test
    void a_signature_of_another_file_is_refused() throws Exception {
        keep("ann.pub", ANN.publicKey());

        assertThat(reason(trust.check(bytes(ANN.note(CLAIM)), new FileClaim(12, "cd".repeat(32)))))
                .contains("one of other bytes");
        assertThat(reason(trust.check(bytes(ANN.note(CLAIM)), new FileClaim(13, CLAIM.sha256()))))
                .contains("one of other bytes");
    }

    @Test
    void a_key_that_is_not_there_counts_for_nothing_and_one_that_takes_its_name_neither() throws Exception {
        assertThat(reason(trust.check(bytes(BOB.note(CLAIM)), CLAIM))).contains("bob, whom no key in etc/trust/");

        keep("bob.pub", BOB.publicKey());

        assertThat(reason(trust.check(bytes(new Signer("bob").note(CLAIM)), CLAIM)))
                .contains("not one of Ed25519 and one of ML-DSA-65");
    }

    @Test
    void a_key_for_another_role_does_not_let_plugins_in() throws Exception {
        keep("ann.pub", ANN.publicKey(Role.UPDATE, Optional.empty()));

        assertThat(reason(trust.check(bytes(ANN.note(CLAIM)), CLAIM))).contains("without the role plugin");
    }

    @Test
    void a_key_counts_until_it_expires() throws Exception {
        keep("ann.pub", ANN.publicKey(Role.PLUGIN, Optional.of(TestClock.START.plusSeconds(60))));
        clock.advance(Duration.ofSeconds(59));
        assertThat(trust.check(bytes(ANN.note(CLAIM)), CLAIM)).isInstanceOf(Verdict.Valid.class);

        clock.advance(Duration.ofSeconds(1));

        assertThat(reason(trust.check(bytes(ANN.note(CLAIM)), CLAIM))).contains("expired at 2");
        assertThat(trust.keys().get(0).state()).isEqualTo(TrustedKey.State.EXPIRED);
    }

    @Test
    void a_day_as_its_end_is_a_day_it_still_counts() throws Exception {
        keep("ann.pub", ANN.publicKey() + "expires = 2031-02-03\n");

        assertThat(trust.keys().get(0).expires().orElseThrow()).hasToString("2031-02-04T00:00:00Z");
    }

    @Test
    void a_revoked_key_never_counts_again() throws Exception {
        keep("ann.pub", ANN.publicKey());

        TrustedKey revoked = trust.revoke(ANN.fingerprint().substring(0, 12), "lost\nlaptop", "root");

        assertThat(revoked.state()).isEqualTo(TrustedKey.State.REVOKED);
        assertThat(reason(trust.check(bytes(ANN.note(CLAIM)), CLAIM))).contains("revoked");
        assertThat(Files.readString(folder.resolve("revoked")))
                .startsWith("key " + ANN.fingerprint())
                .endsWith("ann@example.org root lost laptop\n");
        Files.delete(folder.resolve("ann.pub"));
        assertThatThrownBy(() -> trust.add(ANN.publicKey(), "root"))
                .isInstanceOf(PluginRefusal.class)
                .hasMessageContaining("was revoked");
    }

    @Test
    void a_list_of_revoked_keys_that_cannot_be_read_lets_nothing_in_and_says_which_line() throws Exception {
        keep("ann.pub", ANN.publicKey());
        keep("revoked", "# these\nkey " + BOB.fingerprint() + "\nkey 123 Bob's\n");

        assertThat(trust.problems()).singleElement().asString().startsWith("etc/trust/revoked:3: ");
        assertThat(reason(trust.check(bytes(ANN.note(CLAIM)), CLAIM))).contains("cannot be read as a whole");
    }

    @Test
    void a_key_file_with_a_fault_gives_no_trust_and_is_named_with_its_line() throws Exception {
        keep("good.pub", BOB.publicKey());
        keep("role.pub", ANN.publicKey().replace("role = plugin", "role = everything"));
        keep("twice.pub", ANN.publicKey() + "role = plugin\n");
        keep("word.pub", "trust me\n" + ANN.publicKey());
        keep("name.pub", ANN.publicKey().replace("name = ann", "name = \u0430nn"));
        keep("short.pub", "name = ann\nrole = plugin\n");
        keep("other.pub", ANN.publicKey().replace("name = ann@example.org", "name = amy@example.org"));
        keep("day.pub", ANN.publicKey() + "expires = soon\n");
        keep("latin.pub", new byte[] {(byte) 0xe4});
        keep("long.pub", ANN.publicKey() + "# ".repeat(20_000));

        assertThat(trust.keys()).extracting(TrustedKey::name).containsExactly("bob");
        assertThat(trust.problems())
                .hasSize(9)
                .anySatisfy(problem ->
                        assertThat(problem).startsWith("etc/trust/role.pub:4: role takes core, plugin or update"))
                .anySatisfy(problem -> assertThat(problem).startsWith("etc/trust/twice.pub:7: role stands there twice"))
                .anySatisfy(problem -> assertThat(problem).startsWith("etc/trust/word.pub:1: "))
                .anySatisfy(problem -> assertThat(problem).startsWith("etc/trust/name.pub:3: name has"))
                .anySatisfy(problem -> assertThat(problem).startsWith("etc/trust/short.pub: there is no line ed25519"))
                .anySatisfy(
                        problem -> assertThat(problem).startsWith("etc/trust/other.pub:5: ed25519 is no key of amy"))
                .anySatisfy(problem -> assertThat(problem).startsWith("etc/trust/day.pub:7: expires takes a day"))
                .anySatisfy(problem ->
                        assertThat(problem).contains("etc/trust/latin.pub").contains("UTF-8"))
                .anySatisfy(problem ->
                        assertThat(problem).contains("etc/trust/long.pub").contains("longer than"));
    }

    @Test
    void changes_in_the_folder_are_seen_at_the_next_look() throws Exception {
        assertThat(trust.refresh()).isFalse();
        keep("ann.pub", ANN.publicKey());
        assertThat(trust.refresh()).isFalse();
        assertThat(trust.find(ANN.fingerprint())).isPresent();

        Files.delete(folder.resolve("ann.pub"));

        assertThat(trust.refresh()).isTrue();
        assertThat(trust.find(ANN.fingerprint())).isEmpty();
    }

    @Test
    void an_added_key_is_written_where_only_we_read_and_counts_at_once() throws Exception {
        TrustedKey added = trust.add(ANN.publicKey(), "root");

        assertThat(added.file())
                .isEqualTo("ann_example.org-" + ANN.fingerprint().substring(0, 12) + ".pub");
        assertThat(Files.getPosixFilePermissions(folder.resolve(added.file()))).hasSize(2);
        assertThat(trust.check(bytes(ANN.note(CLAIM)), CLAIM)).isInstanceOf(Verdict.Valid.class);
        assertThatThrownBy(() -> trust.add(ANN.publicKey(), "root")).hasMessageContaining("trusted already");
        assertThatThrownBy(() -> trust.add("rubbish", "root")).hasMessageContaining("no public key: line 1");
    }

    @Test
    void what_a_command_changed_is_news_to_the_next_look_too() throws Exception {
        trust.add(ANN.publicKey(), "root");
        assertThat(trust.refresh()).isTrue();
        assertThat(trust.refresh()).isFalse();

        trust.revoke(ANN.fingerprint(), "gone", "root");
        assertThat(trust.refresh()).isTrue();
    }

    @Test
    void a_private_key_comes_back_from_its_file_and_nothing_else_does() {
        SigningKey key = SigningKey.make("ann", new java.security.SecureRandom());

        SigningKey again = SigningKey.parse(key.text(), new java.security.SecureRandom());

        assertThat(again.verifier().fingerprint()).isEqualTo(key.verifier().fingerprint());
        assertThat(key.verifier().signed(again.sign("text\n"))).isTrue();
        assertThat(key).hasToString("SigningKey[ann]");
        assertThatThrownBy(() ->
                        SigningKey.parse("hearthwatch private key v1\nann\nAAAA\n", new java.security.SecureRandom()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void keep(String name, String text) throws IOException {
        keep(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private void keep(String name, byte[] bytes) throws IOException {
        Files.write(folder.resolve(name), bytes);
        trust.refresh();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(SignedNote note) {
        return Signer.bytes(note);
    }

    private static String reason(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Worthless.class);
        return ((Verdict.Worthless) verdict).reason();
    }
}
