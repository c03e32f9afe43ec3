package org.hearthwatch.transport.profile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.hearthwatch.api.access.Role;
import org.hearthwatch.api.access.User;
import org.hearthwatch.api.access.Users;
import org.hearthwatch.api.secret.Vault;
import org.hearthwatch.api.secret.VaultException;
import org.hearthwatch.api.secret.VaultSlot;
import org.hearthwatch.api.security.Promise.State;
import org.hearthwatch.transport.profile.PromiseTable.Answer;

/** What the vault and the people say about promises, as far as anybody may ask them. */
public final class SecretAnswers {

    private final Supplier<Optional<Vault>> vault;
    private final Supplier<Optional<Users>> users;

    public SecretAnswers(Supplier<Optional<Vault>> vault, Supplier<Optional<Users>> users) {
        this.vault = vault;
        this.users = users;
    }

    /** The answers by promise. */
    public Map<String, Supplier<Answer>> all() {
        Map<String, Supplier<Answer>> answers = new LinkedHashMap<>();
        for (String id : List.of("A8", "B4", "S1", "S2", "S6")) {
            answers.put(id, this::vault);
        }
        answers.put("S3", () -> slot(
                kind -> kind == VaultSlot.Kind.PASSPHRASE, "no passphrase opens the vault; hw:vault-slot-add adds one"));
        answers.put("S4", () -> slot(
                VaultSlot.Kind::unattended, "after a start the vault waits for somebody with hw:vault-unseal"));
        answers.put("S5", () -> slot(
                kind -> kind == VaultSlot.Kind.TOKEN, "no token opens the vault; hw:vault-slot-add adds one"));
        answers.put("S7", () -> slot(
                kind -> kind == VaultSlot.Kind.SHARES, "no share cards were made; hw:vault-slot-add makes some"));
        answers.put("B8", this::memory);
        answers.put("S23", this::memory);
        answers.put("S15", this::secondFactors);
        return answers;
    }

    private Answer vault() {
        return with(status -> switch (status.state()) {
            case ABSENT -> new Answer(State.OFF, "there is no vault yet; hw:vault-init makes one");
            case SEALED -> new Answer(State.DEGRADED, status.problem().orElse("the vault is sealed; hw:vault-unseal"));
            case UNSEALED -> new Answer(State.ON, "the vault is open, with " + status.secrets() + " secrets");
        });
    }

    private Answer memory() {
        return with(status -> {
            if (status.state() != Vault.State.UNSEALED) {
                return new Answer(State.OFF, "the vault is not open, so no key is in memory");
            }
            boolean apart = !status.memory().contains("heap");
            return new Answer(apart ? State.ON : State.DEGRADED, "the vault's key is kept in a " + status.memory());
        });
    }

    private Answer slot(Predicate<VaultSlot.Kind> wanted, String otherwise) {
        Optional<Vault> known = vault.get();
        if (known.isEmpty()) {
            return new Answer(State.OFF, "the vault is not running");
        }
        try {
            List<VaultSlot> ways = known.get().slots().stream()
                    .filter(slot -> wanted.test(slot.kind()))
                    .toList();
            return ways.isEmpty()
                    ? new Answer(State.OFF, otherwise)
                    : new Answer(
                            State.ON,
                            ways.stream()
                                    .map(slot -> slot.kind().word() + " (" + slot.strength() + ")")
                                    .collect(Collectors.joining(", ")));
        } catch (VaultException e) {
            return new Answer(State.DEGRADED, String.valueOf(e.getMessage()));
        }
    }

    private Answer secondFactors() {
        Optional<Users> known = users.get();
        if (known.isEmpty()) {
            return new Answer(State.OFF, "the access control is not running");
        }
        List<String> without = known.get().list().stream()
                .filter(user -> user.effectiveRoles().contains(Role.ADMIN)
                        && !user.secondFactor()
                        && user.provider().isEmpty())
                .map(User::name)
                .toList();
        return without.isEmpty()
                ? new Answer(State.ON, "every administrator has a code or a passkey")
                : new Answer(
                        State.DEGRADED,
                        without.size() + " administrators sign in by a password alone; secondFactorForAdministrators"
                                + " in etc/org.hearthwatch.access.cfg keeps such out");
    }

    private Answer with(Function<Vault.Status, Answer> look) {
        return vault.get()
                .map(Vault::status)
                .map(look)
                .orElse(new Answer(State.OFF, "the vault is not running"));
    }
}
