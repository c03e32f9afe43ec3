package org.hearthwatch.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.secret.SealedFiles;

/**
 * Encrypts the files of a log that are full, the oldest first. A plain file is removed at the run after the one that
 * encrypted it: who copies the folder meanwhile has one of the two. Stopped at any point, the next run goes on.
 */
final class Sealing {

    private final Path folder;
    private final SealedFiles files;

    Sealing(Path folder, SealedFiles files) {
        this.folder = folder;
        this.files = files;
    }

    /**
     * Removes the plain files that were encrypted before, and encrypts the others that are full.
     *
     * @return how many were encrypted
     * @throws IOException if one cannot be encrypted, or not be read again as it was; it stays plain then
     */
    int run() throws IOException {
        int sealed = 0;
        SegmentEnd end = SegmentEnd.START;
        for (Path file : Segments.of(folder)) {
            if (Segments.isSealed(file)) {
                end = SegmentEnd.read(Segments.end(file));
            } else if (Segments.isFull(file)) {
                if (exists(Segments.sealed(file)) && exists(Segments.end(file))) {
                    end = SegmentEnd.read(Segments.end(file));
                    Files.delete(file);
                } else {
                    end = seal(file, end);
                    sealed++;
                }
                PrivateFiles.forceFolder(folder);
            }
        }
        return sealed;
    }

    private SegmentEnd seal(Path file, SegmentEnd before) throws IOException {
        SegmentEnd end = follow(file, before);
        Path note = Segments.end(file);
        Path next = note.resolveSibling(note.getFileName() + ".next");
        try (FileChannel channel = PrivateFiles.open(next)) {
            channel.truncate(0);
            PrivateFiles.write(channel, ByteBuffer.wrap(end.text().getBytes(StandardCharsets.UTF_8)), 0);
            channel.force(true);
        }
        Files.move(next, note, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        files.seal(file, Segments.sealed(file));
        return end;
    }

    private static SegmentEnd follow(Path file, SegmentEnd before) throws IOException {
        Chain chain = before.chain(Optional.empty());
        var anchors = new Anchors();
        anchors.raise(before.anchors());
        try (var lines = new LogReader(List.of(file), Optional.empty())) {
            for (var line = lines.next(); line.isPresent(); line = lines.next()) {
                anchors.see(chain.follow(line.get()).entry().event());
            }
        } catch (BrokenChainException e) {
            throw new IOException(file + " is not encrypted, for it was changed: " + e.getMessage(), e);
        }
        return SegmentEnd.of(chain, anchors);
    }

    private static boolean exists(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }
}
