package org.hearthwatch.secret.vault;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file that only its owner may read, replaced as a whole: whoever reads it, also after a crash, finds the old content or
 * the new. Not thread-safe.
 */
final class OwnedFile {

    private static final Set<PosixFilePermission> OWNERS = PosixFilePermissions.fromString("rwx------");

    private final Path path;
    private final Disk disk;

    OwnedFile(Path path, Disk disk) {
        this.path = path.toAbsolutePath();
        this.disk = disk;
    }

    Path path() {
        return path;
    }

    boolean exists() {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** @throws IOException for people, also if it is longer than the limit, no regular file, or others may read or write it */
    byte[] read(int limit) throws IOException {
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw refused("is no regular file; a link or device in its place is not followed");
        }
        var rights = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
        if (!OWNERS.containsAll(rights)) {
            throw refused("may be read or written by others (" + PosixFilePermissions.toString(rights)
                    + "); find out who did, then: chmod 600 " + path);
        }
        try (var in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
            byte[] content = in.readNBytes(limit + 1);
            if (content.length > limit) {
                throw refused("is longer than " + limit + " bytes");
            }
            return content;
        }
    }

    void write(byte[] content) throws IOException {
        Path folder = path.getParent();
        if (folder == null) {
            throw refused("has no folder");
        }
        disk.makeFolder(folder);
        Path next = folder.resolve(path.getFileName() + ".next");
        disk.write(next, content);
        disk.rename(next, path);
        disk.forceFolder(folder);
    }

    private FileSystemException refused(String why) {
        return new FileSystemException(path.toString(), null, why);
    }
}
