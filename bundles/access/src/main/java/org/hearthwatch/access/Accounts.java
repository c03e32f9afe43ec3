package org.hearthwatch.access;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.hearthwatch.api.access.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state in memory, kept equal to the state on disk: a change is written first and counts when it is written. What is
 * only nice to know, such as when a token was last used, is written with the next change or {@link #flush}. Thread-safe.
 */
final class Accounts {

    private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);

    private final AccessFile file;
    private volatile AccessState state;
    private boolean unwritten;
    private volatile Consumer<String> rightsChanged = user -> {};

    /** @throws DamagedStateException if the state on disk is not understood */
    Accounts(AccessFile file) {
        this.file = file;
        this.state = file.load();
    }

    AccessState state() {
        return state;
    }

    Optional<UserRecord> user(String name) {
        return state.user(name);
    }

    /** Wants to know of every user whose rights became others, or who is no more. */
    void onRightsChanged(Consumer<String> listener) {
        rightsChanged = listener;
    }

    /**
     * Changes the state; on disk when this returns.
     *
     * @throws Refusal also if nobody could manage the appliance afterwards
     */
    void change(Change change) throws Refusal {
        AccessState before;
        AccessState after;
        synchronized (this) {
            before = state;
            after = change.apply(before);
            if (before.administrators() > 0 && after.administrators() == 0) {
                throw new Refusal(
                        Refusal.Kind.NOT_NOW,
                        "That would leave no administrator who signs in with a password; make another user one first.");
            }
            write(after);
        }
        for (UserRecord user : before.users()) {
            boolean same = after.user(user.name())
                    .filter(now -> after.rights(now).equals(before.rights(user)) && now.enabled() == user.enabled())
                    .isPresent();
            if (!same) {
                rightsChanged.accept(user.name());
            }
        }
    }

    private void write(AccessState next) throws Refusal {
        try {
            file.save(next);
        } catch (IOException e) {
            LOG.error("Could not write {}: {}", file.path(), e.toString());
            throw new Refusal(
                    Refusal.Kind.NOT_NOW,
                    "Nothing was changed: " + file.path() + " could not be written (" + e.getMessage()
                            + "). Check the disk's space and the folder's owner.");
        }
        state = next;
        unwritten = false;
    }

    /** Changes what is only nice to know. */
    synchronized void note(UnaryOperator<AccessState> change) {
        state = change.apply(state);
        unwritten = true;
    }

    /** Writes what was noted since the last change. */
    synchronized void flush() {
        if (!unwritten) {
            return;
        }
        try {
            file.save(state);
            unwritten = false;
        } catch (IOException e) {
            LOG.warn("Times of last use are not kept: could not write {}: {}", file.path(), e.toString());
        }
    }

    /** Makes the next state or refuses. */
    @FunctionalInterface
    interface Change {
        AccessState apply(AccessState state) throws Refusal;
    }
}
