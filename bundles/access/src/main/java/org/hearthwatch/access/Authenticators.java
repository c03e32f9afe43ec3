package org.hearthwatch.access;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.hearthwatch.access.UserRecord.FactorRecord;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.SecondFactors;
import org.hearthwatch.api.secret.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Second factors of users. A code counts once: the step it belongs to is written down before it lets anybody in. Codes are
 * guessed from anywhere at once, so the limit on wrong ones goes by user alone.
 */
final class Authenticators implements SecondFactors {

    static final int RECOVERY_CODES = 10;
    static final int WRONG_CODES = 5;
    static final Duration WRONG_CODES_WINDOW = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(Authenticators.class);
    private static final Duration ENROLMENT = Duration.ofMinutes(10);
    private static final Pattern APP_CODE = Pattern.compile("[0-9]{6}");
    private static final Pattern RECOVERY_CODE = Pattern.compile("[0-9A-Za-z]{5}(-?[0-9A-Za-z]{5}){3}");
    private static final int LONGEST_CODE = 32;

    private final Accounts accounts;
    private final PasswordHasher hasher;
    private final KeySeal seal;
    private final Supplier<AccessSettings> settings;
    private final InstantSource clock;
    private final RandomText text;
    private final SecureRandom random;
    private final Budget budget;
    private final Map<String, Pending> pending = new HashMap<>();
    private volatile Consumer<String> removed = user -> {};

    Authenticators(
            Accounts accounts,
            PasswordHasher hasher,
            KeySeal seal,
            Supplier<AccessSettings> settings,
            InstantSource clock,
            SecureRandom random) {
        this.accounts = accounts;
        this.hasher = hasher;
        this.seal = seal;
        this.settings = settings;
        this.clock = clock;
        this.text = new RandomText(random);
        this.random = random;
        this.budget = new Budget(clock, WRONG_CODES, WRONG_CODES_WINDOW);
    }

    /** Wants to know of every user whose second factor was taken away. */
    void onRemoved(Consumer<String> listener) {
        removed = listener;
    }

    @Override
    public synchronized Enrolment begin(String user) throws Refusal {
        String name = LocalUsers.existing(accounts.state(), UserName.of(user)).name();
        byte[] key = new byte[Totp.KEY_BYTES];
        random.nextBytes(key);
        Instant now = clock.instant();
        pending.values().removeIf(old -> old.isOver(now));
        pending.put(name, new Pending(key, now));
        String letters = Totp.base32(key);
        return new Enrolment(
                Secret.of(letters),
                Secret.of("otpauth://totp/Hearthwatch:" + URLEncoder.encode(name, StandardCharsets.UTF_8) + "?secret="
                        + letters + "&issuer=Hearthwatch&algorithm=SHA1&digits=" + Totp.DIGITS + "&period="
                        + Totp.STEP_SECONDS));
    }

    @Override
    public synchronized List<Secret> confirm(String user, Secret code) throws Refusal {
        String name = UserName.of(user);
        Instant now = clock.instant();
        Pending begun = Optional.ofNullable(pending.get(name))
                .filter(one -> !one.isOver(now))
                .orElseThrow(() ->
                        new Refusal(Refusal.Kind.NOT_NOW, "There is no key waiting to be confirmed; begin anew."));
        budget.admit(name);
        OptionalLong step = Totp.match(begun.key(), word(code), now, Long.MIN_VALUE);
        if (step.isEmpty()) {
            budget.failed(name);
            throw wrongCode();
        }
        List<Secret> codes = recoveryCodes();
        boolean first = accounts.state().users().stream()
                .allMatch(each -> each.factor().isEmpty());
        var factor = new FactorRecord(seal.seal(purpose(name), begun.key(), first), step.getAsLong(), hashes(codes));
        accounts.change(state -> state.with(LocalUsers.existing(state, name).withFactor(Optional.of(factor))));
        pending.remove(name);
        LOG.info("User {} has a second factor", name);
        return codes;
    }

    @Override
    public synchronized List<Secret> renewRecovery(String user) throws Refusal {
        String name = UserName.of(user);
        enrolled(accounts.state(), name);
        List<Secret> codes = recoveryCodes();
        List<PasswordHash> hashes = hashes(codes);
        accounts.change(state -> state.with(LocalUsers.existing(state, name)
                .withFactor(Optional.of(enrolled(state, name).withRecovery(hashes)))));
        LOG.info("User {} has new recovery codes", name);
        return codes;
    }

    @Override
    public synchronized void remove(String user) throws Refusal {
        String name = UserName.of(user);
        accounts.change(state -> {
            enrolled(state, name);
            return state.with(LocalUsers.existing(state, name).withFactor(Optional.empty()));
        });
        removed.accept(name);
        LOG.info("User {} has no second factor any more", name);
    }

    @Override
    public Status status(String user) throws Refusal {
        Optional<FactorRecord> factor =
                LocalUsers.existing(accounts.state(), UserName.of(user)).factor();
        return new Status(
                factor.isPresent(), factor.map(one -> one.recovery().size()).orElse(0));
    }

    /** Uses a code up; of the app or, once, a recovery code. */
    synchronized void use(String name, Secret code) throws Refusal {
        budget.admit(name);
        FactorRecord factor = enrolled(accounts.state(), name);
        String word = word(code);
        boolean right;
        if (APP_CODE.matcher(word).matches()) {
            right = useAppCode(name, factor, word);
        } else {
            right = RECOVERY_CODE.matcher(word).matches() && useRecoveryCode(name, factor, word);
        }
        if (!right) {
            if (budget.failed(name)) {
                LOG.error("Somebody who knows the password of {} is guessing codes; none is taken for a while", name);
            }
            throw wrongCode();
        }
        budget.forget(name);
    }

    void forget(String name) {
        budget.forget(name);
    }

    private boolean useAppCode(String name, FactorRecord factor, String word) throws Refusal {
        byte[] key = seal.open(purpose(name), factor.sealedKey());
        OptionalLong step = Totp.match(key, word, clock.instant(), factor.lastStep());
        Arrays.fill(key, (byte) 0);
        if (step.isPresent()) {
            keep(name, factor.used(step.getAsLong()));
        }
        return step.isPresent();
    }

    /** On disk if it can be: a full disk must not keep out the person who comes to make room. */
    private void keep(String name, FactorRecord used) {
        try {
            accounts.change(state -> state.with(LocalUsers.existing(state, name).withFactor(Optional.of(used))));
        } catch (Refusal e) {
            accounts.note(state -> state.user(name)
                    .map(user -> state.with(user.withFactor(Optional.of(used))))
                    .orElse(state));
        }
    }

    private boolean useRecoveryCode(String name, FactorRecord factor, String word) throws Refusal {
        if (factor.recovery().isEmpty()) {
            return false;
        }
        PasswordHash any = factor.recovery().get(0);
        byte[] bytes = canonical(word);
        PasswordHash presented = hasher.hash(bytes, any.cost(), any.salt());
        List<PasswordHash> left = new ArrayList<>(factor.recovery());
        if (!left.removeIf(presented::equals)) {
            return false;
        }
        accounts.change(state ->
                state.with(LocalUsers.existing(state, name).withFactor(Optional.of(factor.withRecovery(left)))));
        LOG.warn("User {} used a recovery code; {} are left", name, left.size());
        return true;
    }

    private List<Secret> recoveryCodes() {
        List<Secret> codes = new ArrayList<>();
        for (int i = 0; i < RECOVERY_CODES; i++) {
            codes.add(Secret.of(text.code().replaceAll("(.{5})(?!$)", "$1-")));
        }
        return codes;
    }

    /** All with one salt, so that looking for one costs a single computation. */
    private List<PasswordHash> hashes(List<Secret> codes) throws Refusal {
        Argon2Cost cost = settings.get().passwordCost();
        byte[] salt = new byte[PasswordHash.SALT_BYTES];
        random.nextBytes(salt);
        List<PasswordHash> hashes = new ArrayList<>();
        for (Secret code : codes) {
            hashes.add(hasher.hash(canonical(word(code)), cost, salt));
        }
        return hashes;
    }

    private static byte[] canonical(String recoveryCode) {
        return recoveryCode.replace("-", "").toUpperCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
    }

    private static String word(Secret code) {
        byte[] bytes = code.reveal();
        try {
            return bytes.length > LONGEST_CODE ? "" : new String(bytes, StandardCharsets.UTF_8);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static FactorRecord enrolled(AccessState state, String name) throws Refusal {
        return LocalUsers.existing(state, name)
                .factor()
                .orElseThrow(() -> new Refusal(Refusal.Kind.NOT_NOW, name + " has no second factor."));
    }

    private static String purpose(String name) {
        return "totp " + name;
    }

    private static Refusal wrongCode() {
        return new Refusal(Refusal.Kind.WRONG_CREDENTIALS, "The code is wrong, too old or used already.");
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Pending(byte[] key, Instant began) {
        boolean isOver(Instant now) {
            return now.isAfter(began.plus(ENROLMENT)) || now.isBefore(began);
        }
    }
}
