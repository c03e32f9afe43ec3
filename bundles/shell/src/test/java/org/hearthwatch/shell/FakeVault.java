package org.hearthwatch.shell;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.hearthwatch.api.secret.NewSlot;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SecretStore;
import org.hearthwatch.api.secret.SlotKey;
import org.hearthwatch.api.secret.Vault;
import org.hearthwatch.api.secret.VaultException;
import org.hearthwatch.api.secret.VaultException.Kind;
import org.hearthwatch.api.secret.VaultSlot;

/** A vault in memory, whose one passphrase is that of its first slot. */
final class FakeVault implements Vault, SecretStore {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    final Map<String, List<String>> values = new TreeMap<>();
    final List<VaultSlot> slots = new ArrayList<>();
    final List<String> keys = new ArrayList<>();
    boolean open;
    boolean rolledBackAccepted;
    int rotations;

    @Override
    public Status status() {
        State state = slots.isEmpty() ? State.ABSENT : open ? State.UNSEALED : State.SEALED;
        return new Status(
                state,
                "/state/vault",
                open ? OptionalLong.of(43) : OptionalLong.empty(),
                slots.size(),
                values.size(),
                "memfd_secret page",
                open ? Optional.of(NOW) : Optional.empty(),
                7,
                false,
                slots.stream().map(slot -> slot.kind().meaning()).toList(),
                Optional.empty());
    }

    @Override
    public List<VaultSlot> slots() {
        return List.copyOf(slots);
    }

    @Override
    public VaultSlot create(NewSlot first) throws VaultException {
        if (!slots.isEmpty()) {
            throw new VaultException(Kind.EXISTS, "There is a vault already");
        }
        open = true;
        return addSlot(first);
    }

    @Override
    public VaultSlot addSlot(NewSlot slot) {
        VaultSlot.Kind kind = VaultSlot.Kind.FILE;
        String strength = "salt";
        if (slot instanceof NewSlot.Passphrase passphrase) {
            kind = VaultSlot.Kind.PASSPHRASE;
            strength = passphrase.kdf().name();
            keys.add(text(passphrase.value()));
        } else if (slot instanceof NewSlot.Token token) {
            kind = VaultSlot.Kind.TOKEN;
            strength = token.library() + " " + token.slot() + " " + token.key() + " " + text(token.pin());
        } else if (slot instanceof NewSlot.Credential credential) {
            kind = VaultSlot.Kind.CREDENTIAL;
            strength = credential.credential();
        }
        var made = new VaultSlot(slots.size() + 1, kind, slot.label(), NOW, strength);
        slots.add(made);
        return made;
    }

    @Override
    public VaultSlot unseal(SlotKey key, boolean acceptRollback) throws VaultException {
        if (key instanceof SlotKey.Passphrase passphrase && !keys.contains(text(passphrase.value()))) {
            throw new VaultException(Kind.WRONG_KEY, "This does not open slot 1");
        }
        if (key instanceof SlotKey.Shares shares) {
            testShares(shares.cards());
        }
        rolledBackAccepted = acceptRollback;
        open = true;
        return slots.get(0);
    }

    @Override
    public void seal() {
        open = false;
    }

    @Override
    public List<Secret> addShares(String label, int threshold, int shares) {
        slots.add(new VaultSlot(slots.size() + 1, VaultSlot.Kind.SHARES, label, NOW, threshold + " of " + shares));
        List<Secret> cards = new ArrayList<>();
        for (int i = 1; i <= shares; i++) {
            cards.add(Secret.of("card " + i));
        }
        return cards;
    }

    @Override
    public void testShares(List<Secret> cards) throws VaultException {
        if (cards.size() < 3 || !text(cards.get(0)).startsWith("card ")) {
            throw new VaultException(Kind.WRONG_KEY, "3 cards are needed, " + cards.size() + " were given");
        }
    }

    @Override
    public List<byte[]> cardKeys() {
        return List.of();
    }

    @Override
    public Secret cardKey(List<Secret> cards) {
        return Secret.ofBytes(new byte[32]);
    }

    @Override
    public int probe(Path file, SlotKey key) {
        return values.size();
    }

    @Override
    public void removeSlot(int id) throws VaultException {
        if (!slots.removeIf(slot -> slot.id() == id)) {
            throw new VaultException(Kind.UNKNOWN, "There is no slot " + id);
        }
    }

    @Override
    public void rotate() {
        rotations++;
    }

    @Override
    public List<Info> list() {
        return values.keySet().stream().map(this::info).toList();
    }

    private Info info(String name) {
        int versions = values.getOrDefault(name, List.of()).size();
        return new Info(name, versions, NOW, versions, name.startsWith("proxmox/"));
    }

    @Override
    public Info set(String name, Secret value) {
        values.computeIfAbsent(name, missing -> new ArrayList<>()).add(text(value));
        return info(name);
    }

    @Override
    public Secret get(String name, OptionalInt version) throws VaultException {
        List<String> versions = known(name);
        return Secret.of(versions.get(version.orElse(versions.size()) - 1));
    }

    private List<String> known(String name) throws VaultException {
        List<String> versions = values.get(name);
        if (versions == null) {
            throw new VaultException(Kind.UNKNOWN, "The vault has no secret " + name);
        }
        return versions;
    }

    @Override
    public List<Version> history(String name) throws VaultException {
        List<Version> versions = new ArrayList<>();
        for (int i = known(name).size(); i > 0; i--) {
            versions.add(new Version(i, NOW));
        }
        return versions;
    }

    @Override
    public void delete(String name) throws VaultException {
        known(name);
        values.remove(name);
    }

    @Override
    public Info rotate(String name) throws VaultException {
        known(name).add("rotated");
        return info(name);
    }

    private static String text(Secret secret) {
        return new String(secret.reveal(), StandardCharsets.UTF_8);
    }
}
