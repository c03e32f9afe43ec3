package org.hearthwatch.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.hearthwatch.api.backup.BackupException;
import org.hearthwatch.api.secret.SealedFiles;
import org.hearthwatch.api.secret.SealedNotes;
import org.hearthwatch.backup.age.AgeFile;
import org.hearthwatch.backup.age.Recipient;

/** Files of other parts, encrypted for those who open backups. Thread-safe. */
public final class OwnFiles implements SealedFiles {

    private final OwnKeys keys;
    private final Supplier<List<Recipient.Key>> others;
    private final SecureRandom random;

    /** @param others who opens files besides the appliance */
    public OwnFiles(
            Places places,
            Supplier<Optional<SealedNotes>> notes,
            Supplier<List<Recipient.Key>> others,
            SecureRandom random) {
        this(places.own(), notes, others, random);
    }

    OwnFiles(
            Path own,
            Supplier<Optional<SealedNotes>> notes,
            Supplier<List<Recipient.Key>> others,
            SecureRandom random) {
        this.keys = new OwnKeys(notes, own, random);
        this.others = others;
        this.random = random;
    }

    @Override
    public OutputStream seal(OutputStream out) throws IOException {
        Optional<Recipient.Key> own = keys.recipient();
        if (own.isEmpty()) {
            try {
                keys.publish();
            } catch (BackupException e) {
                throw new IOException(e.getMessage(), e);
            }
            own = keys.recipient();
        }
        List<Recipient> all = new ArrayList<>(others.get());
        own.ifPresent(all::add);
        return AgeFile.encrypt(out, all, random);
    }

    @Override
    public InputStream open(InputStream in) throws IOException {
        try {
            return AgeFile.decrypt(in, keys.identity());
        } catch (BackupException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
