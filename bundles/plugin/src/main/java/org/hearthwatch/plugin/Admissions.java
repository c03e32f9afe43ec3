package org.hearthwatch.plugin;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.hearthwatch.api.plugin.Plugin;
import org.hearthwatch.api.plugin.TrustedKey;
import org.hearthwatch.plugin.FolderView.Content;
import org.hearthwatch.plugin.FolderView.Seen;
import org.hearthwatch.plugin.jar.PluginVersion;
import org.hearthwatch.plugin.trust.FileClaim;
import org.hearthwatch.plugin.trust.TrustFolder;
import org.hearthwatch.plugin.trust.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides who may run. A signature is looked at when a file comes in; from then on the record that it was right counts, as long
 * as its key is trusted: a key that expires takes nothing away, one that is revoked or taken out does. Not thread-safe.
 */
final class Admissions {

    private static final Logger LOG = LoggerFactory.getLogger(Admissions.class);

    private final Approvals approvals;
    private final TrustFolder trust;
    private final Supplier<Settings> settings;
    private final Journal journal;
    private final InstantSource clock;

    Admissions(
            Approvals approvals, TrustFolder trust, Supplier<Settings> settings, Journal journal, InstantSource clock) {
        this.approvals = approvals;
        this.trust = trust;
        this.settings = settings;
        this.journal = journal;
        this.clock = clock;
    }

    /** The record that lets a file in, if there is one that counts. */
    Optional<Approval> letIn(String sha256) {
        return approvals.find(sha256).filter(this::counts);
    }

    private boolean counts(Approval approval) {
        if (trust.isRevokedFile(approval.sha256())) {
            return false;
        }
        return approval.signer().isEmpty()
                ? settings.get().unsignedByApproval()
                : trust.find(approval.signer().get())
                        .filter(key -> key.state() != TrustedKey.State.REVOKED)
                        .isPresent();
    }

    /**
     * Lets a file in if a signature beside it says so and nothing says otherwise.
     *
     * @return whether that is settled; if not, it pays to ask again
     */
    boolean consider(Seen seen) throws IOException {
        if (!(seen.content() instanceof Content.Fit fit)
                || letIn(seen.sha256()).isPresent()
                || trust.isRevokedFile(seen.sha256())
                || isDowngrade(fit)) {
            return true;
        }
        if (verdict(seen).orElse(null) instanceof Verdict.Valid valid) {
            String name = fit.jar().symbolicName() + " " + fit.jar().version();
            if (!journal.mayDo("plugin:install", name + " " + seen.sha256(), "signed by " + valid.signer())) {
                return false;
            }
            approvals.add(new Approval(
                    seen.sha256(),
                    seen.name(),
                    fit.jar().symbolicName(),
                    fit.jar().version(),
                    "signature",
                    clock.instant(),
                    Optional.of(valid.fingerprint()),
                    // Whoever signs the same bytes again does not mend them.
                    approvals.find(seen.sha256()).flatMap(Approval::failure)));
            LOG.info("{} ({}) is signed by {} and comes in", seen.name(), seen.sha256(), valid.signer());
        }
        return true;
    }

    /** What is to be said of a file that is a plugin. */
    Standing of(Seen seen, Content.Fit fit) {
        if (trust.isRevokedFile(seen.sha256())) {
            return new Standing.Barred("It is on the list of what counts no more, etc/trust/revoked");
        }
        if (isDowngrade(fit)) {
            return new Standing.Barred("Its version " + fit.jar().version() + " is lower than "
                    + approvals.leastVersion(fit.jar().symbolicName()).orElse("")
                    + ", which ran here before. If that is meant: hw:plugin-approve --downgrade");
        }
        Optional<Approval> letIn = letIn(seen.sha256());
        if (letIn.isPresent()) {
            return new Standing.LetIn(letIn.get());
        }
        String reason = whyNot(seen);
        return settings.get().unsignedByApproval()
                ? new Standing.Waits(reason + " It waits for an administrator's approval; none of its code has run")
                : new Standing.Barred(reason + " Only signed plugins run here (unsigned in etc/org.hearthwatch.plugin.cfg)");
    }

    private String whyNot(Seen seen) {
        Optional<String> lost = approvals
                .find(seen.sha256())
                .flatMap(Approval::signer)
                .map(signer -> trust.find(signer)
                        .map(key -> "The key that let it in, " + key.name() + ", was revoked.")
                        .orElse("The key that let it in is no longer in etc/trust."));
        return lost.orElseGet(() -> verdict(seen)
                .map(verdict -> verdict instanceof Verdict.Void nothing
                        ? nothing.reason() + "."
                        : "It is signed, but that it comes in could not be recorded in the audit log.")
                .orElse("It is not signed."));
    }

    /** Whose right signature lies beside a file, if one does. */
    Optional<String> signer(Seen seen) {
        return verdict(seen).flatMap(
                verdict -> verdict instanceof Verdict.Valid valid ? Optional.of(valid.signer()) : Optional.empty());
    }

    private Optional<Verdict> verdict(Seen seen) {
        return seen.signature().map(bytes -> trust.check(bytes, new FileClaim(seen.size(), seen.sha256())));
    }

    /** Whether a version is lower than one that ran well. */
    private boolean isDowngrade(Content.Fit fit) {
        return approvals
                .leastVersion(fit.jar().symbolicName())
                .map(PluginVersion::parse)
                .filter(least -> PluginVersion.parse(fit.jar().version()).compareTo(least) < 0)
                .isPresent();
    }

    /** A person's word for a file; a person may only let in what waits. */
    void approve(Plugin plugin, String approver) throws IOException {
        approvals.add(new Approval(
                plugin.sha256(),
                plugin.file(),
                plugin.symbolicName(),
                plugin.version(),
                approver,
                clock.instant(),
                // A signature keeps being the reason, so that the key's end is the plugin's.
                letIn(plugin.sha256()).flatMap(Approval::signer),
                Optional.empty()));
        LOG.info("{} ({}) was approved by {}", plugin.file(), plugin.sha256(), approver);
    }

    /** Whether a person's approval lets anything in at all. */
    boolean byApproval() {
        return settings.get().unsignedByApproval();
    }

    /** Lets a plugin be lower than what ran before, down to a version. */
    void lower(String symbolicName, String version) throws IOException {
        approvals.setLeastVersion(symbolicName, version);
    }

    /** A version runs well, so that none below it comes in any more. */
    void ranWell(String symbolicName, String version) throws IOException {
        Optional<PluginVersion> least = approvals.leastVersion(symbolicName).map(PluginVersion::parse);
        if (least.isEmpty() || least.get().compareTo(PluginVersion.parse(version)) < 0) {
            approvals.setLeastVersion(symbolicName, version);
        }
    }

    void fail(String sha256, String reason) throws IOException {
        approvals.fail(sha256, reason);
    }

    void forget(String sha256) throws IOException {
        approvals.remove(sha256);
    }
}
