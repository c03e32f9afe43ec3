package org.hearthwatch.access;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.Setup;
import org.hearthwatch.api.secret.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one-time code that turns whoever can read the appliance's files into its first administrator. It stands only in the
 * link file, which its owner alone can read, and is replaced when it expires.
 */
final class FirstSetup implements Setup {

    static final Duration LIFETIME = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(FirstSetup.class);
    private static final String PAGE = "/setup#code=";
    private static final int FREE_ATTEMPTS = 5;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final Accounts accounts;
    private final LocalUsers users;
    private final PrivateFile link;
    private final RandomText random;
    private final InstantSource clock;
    private final Attempts attempts;
    private Optional<Code> code = Optional.empty();
    private Optional<URI> console = Optional.empty();

    FirstSetup(Accounts accounts, LocalUsers users, Path link, RandomText random, InstantSource clock) {
        this.accounts = accounts;
        this.users = users;
        this.link = new PrivateFile(link);
        this.random = random;
        this.clock = clock;
        this.attempts = new Attempts(clock, () -> FREE_ATTEMPTS, () -> LONGEST_WAIT);
    }

    @Override
    public boolean needed() {
        return accounts.state().administrators() == 0;
    }

    /** Says where the console is reached; the link cannot be written before. */
    synchronized void consoleAt(Optional<URI> address) {
        if (!console.equals(address)) {
            console = address;
            code = Optional.empty();
            refresh();
        }
    }

    /** Makes a new code when there is none or the former expired, and takes the link away when set-up is done. */
    synchronized void refresh() {
        if (!needed() || console.isEmpty()) {
            code = Optional.empty();
            removeLink();
        } else if (current().isEmpty()) {
            newCode();
            LOG.info("Nobody can sign in yet: open the link in {} to make the first administrator", link.path());
        }
    }

    @Override
    public synchronized boolean accepts(Secret presented) throws Refusal {
        attempts.admit("set-up", "");
        boolean right =
                current().filter(valid -> valid.secret().sameAs(presented)).isPresent();
        if (!right) {
            attempts.failed("set-up", "");
        }
        return right;
    }

    @Override
    public synchronized void complete(Secret presented, String userName, Secret password) throws Refusal {
        if (!needed()) {
            throw done();
        }
        if (!accepts(presented)) {
            throw new Refusal(
                    Refusal.Kind.WRONG_CREDENTIALS,
                    "This set-up link is not valid any more. The current one stands in the file setup-link in the"
                            + " appliance's state folder; it changes every hour.");
        }
        users.addFirst(userName, password);
        LOG.info("The set-up is done");
        refresh();
    }

    /** Set-up without anyone at the console: whoever controls the process's environment needs no code. */
    void unattended(String userName, Secret password) throws Refusal {
        users.addFirst(userName, password);
        LOG.info("The set-up was done from the environment");
        refresh();
    }

    @Override
    public synchronized String renewLink() throws Refusal {
        if (!needed()) {
            throw done();
        }
        return newCode();
    }

    private Optional<Code> current() {
        Instant now = clock.instant();
        return code.filter(made -> now.isBefore(made.expires())
                && !now.isBefore(made.expires().minus(LIFETIME).minusSeconds(60)));
    }

    private String newCode() {
        String text = random.code();
        code = Optional.of(new Code(Secret.of(text), clock.instant().plus(LIFETIME)));
        console.ifPresent(address -> writeLink(address + PAGE + text + "\n"));
        return PAGE + text;
    }

    private void writeLink(String line) {
        try {
            link.write(line.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.error(
                    "The set-up link could not be written to {}: {}. Check the disk's space and the folder's owner.",
                    link.path(),
                    e.toString());
        }
    }

    /** Takes the link away: it must not outlive the process that would honour it. */
    synchronized void removeLink() {
        try {
            link.delete();
        } catch (IOException e) {
            LOG.warn("The used set-up link {} could not be deleted: {}", link.path(), e.toString());
        }
    }

    private static Refusal done() {
        return new Refusal(Refusal.Kind.NOT_NOW, "The set-up was done already; sign in.");
    }

    private record Code(Secret secret, Instant expires) {}
}
