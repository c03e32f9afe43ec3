package org.hearthwatch.secret.vault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hearthwatch.api.secret.SlotKey;
import org.hearthwatch.api.secret.VaultException;
import org.hearthwatch.api.secret.VaultException.Kind;
import org.hearthwatch.api.secret.VaultSlot;
import org.hearthwatch.secret.crypto.ForgedException;
import org.hearthwatch.secret.crypto.Wiped;
import org.hearthwatch.secret.shares.Card;

/** Finds the slot that opens with a key, and the master key in it. */
final class Opening {

    private final Locks locks;

    Opening(Locks locks) {
        this.locks = locks;
    }

    /**
     * A master key that was found.
     *
     * @param stronger the slot at today's cost, where it was made at less
     */
    record Opened(SlotEntry slot, Wiped master, Optional<SlotEntry> stronger) implements AutoCloseable {
        @Override
        public void close() {
            master.close();
        }
    }

    /** @throws VaultException naming each slot that was tried and why it did not open */
    Opened open(Envelope envelope, SlotKey key) throws VaultException {
        if (key instanceof SlotKey.Shares shares) {
            Card.Recovered recovered = Card.recover(shares.cards());
            try (Wiped secret = recovered.key()) {
                SlotEntry slot = ofSet(envelope, recovered.set());
                try (SlotLock lock = locks.shares(slot, secret)) {
                    return new Opened(slot, master(envelope, slot, lock), Optional.empty());
                }
            }
        }
        List<SlotEntry> candidates = envelope.header().slots().stream()
                .filter(slot -> fits(slot, key))
                .toList();
        if (candidates.isEmpty()) {
            throw new VaultException(Kind.WRONG_KEY, noSlot(envelope, key));
        }
        List<VaultException> refusals = new ArrayList<>();
        for (SlotEntry slot : candidates) {
            try {
                return open(envelope, slot, key);
            } catch (VaultException e) {
                refusals.add(e);
            }
        }
        // What is damaged says more than what is wrong, and that more than what is not to be had.
        VaultException worst = Stream.of(Kind.DAMAGED, Kind.WRONG_KEY)
                .flatMap(kind -> refusals.stream().filter(each -> each.kind() == kind))
                .findFirst()
                .orElse(refusals.get(0));
        throw new VaultException(
                worst.kind(),
                refusals.stream().map(VaultException::getMessage).collect(Collectors.joining("; ")),
                worst);
    }

    private Opened open(Envelope envelope, SlotEntry slot, SlotKey key) throws VaultException {
        String vault = envelope.header().vault();
        if (key instanceof SlotKey.Passphrase passphrase) {
            try (SlotLock lock = locks.passphrase(slot, passphrase.value())) {
                Wiped master = master(envelope, slot, lock);
                if (!Locks.isWeak(slot)) {
                    return new Opened(slot, master, Optional.empty());
                }
                Locks.NewLock stronger = locks.stronger(slot, passphrase.value());
                try (SlotLock other = stronger.lock();
                        Wiped plain = lock.unlock(slot.locked, slot.bound(vault))) {
                    return new Opened(
                            slot,
                            master,
                            Optional.of(slot.relocked(vault, stronger.parameters(), other, plain.bytes())));
                } catch (ForgedException e) {
                    throw new IllegalStateException("What was just unlocked cannot be unlocked", e);
                }
            }
        }
        try (SlotLock lock =
                key instanceof SlotKey.TokenPin pin ? locks.token(slot, pin.pin()) : locks.unattended(slot)) {
            return new Opened(slot, master(envelope, slot, lock), Optional.empty());
        }
    }

    private static Wiped master(Envelope envelope, SlotEntry slot, SlotLock lock) throws VaultException {
        String vault = envelope.header().vault();
        try (Wiped plain = lock.unlock(slot.locked, slot.bound(vault))) {
            try {
                return slot.master(vault, plain.bytes());
            } catch (ForgedException e) {
                throw new VaultException(
                        Kind.DAMAGED, "The master key in " + slot.name() + " was changed: " + e.getMessage(), e);
            }
        } catch (ForgedException e) {
            throw new VaultException(
                    Kind.WRONG_KEY, "This does not open " + slot.name() + ": it is wrong, or the slot was changed", e);
        }
    }

    private static boolean fits(SlotEntry slot, SlotKey key) {
        if (key instanceof SlotKey.Passphrase) {
            return slot.kind == VaultSlot.Kind.PASSPHRASE;
        }
        return key instanceof SlotKey.TokenPin ? slot.kind == VaultSlot.Kind.TOKEN : slot.kind.unattended();
    }

    private static String noSlot(Envelope envelope, SlotKey key) {
        String ways = String.join(
                ", ",
                envelope.header().slots().stream()
                        .map(slot -> slot.kind.word())
                        .distinct()
                        .toList());
        String what = key instanceof SlotKey.Passphrase
                ? "a passphrase"
                : key instanceof SlotKey.TokenPin ? "a token" : "this machine alone";
        return "The vault has no slot that opens with " + what + "; it has: " + ways;
    }

    private static SlotEntry ofSet(Envelope envelope, String set) throws VaultException {
        for (SlotEntry slot : envelope.header().slots()) {
            if (slot.kind == VaultSlot.Kind.SHARES && slot.parameters.startsWith("set=" + set + " ")) {
                return slot;
            }
        }
        throw new VaultException(
                Kind.WRONG_KEY, "These cards are of the set " + set + ", for which this vault has no slot");
    }
}
