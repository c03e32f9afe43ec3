package org.hearthwatch.collector.host.kernel;

import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What can be had without the C library: sizes of file systems but no inodes, the kernel's names from procfs, nothing
 * about the clock's discipline.
 */
public final class JavaSyscalls implements Syscalls {

    private static final int COMMON_PAGE_SIZE = 4096;

    private final Path kernel;

    /** @param procfs where procfs is mounted */
    public JavaSyscalls(Path procfs) {
        this.kernel = procfs.resolve("sys/kernel");
    }

    @Override
    public FileSystemUsage statfs(String path) throws IOException {
        try {
            FileStore store = Files.getFileStore(Path.of(path));
            return new FileSystemUsage(
                    store.getTotalSpace(), store.getUnallocatedSpace(), store.getUsableSpace(), Double.NaN, Double.NaN);
        } catch (AccessDeniedException e) {
            throw new IOException("permission denied", e);
        } catch (NoSuchFileException e) {
            throw new IOException("no such file or directory", e);
        }
    }

    @Override
    public Optional<ClockDiscipline> adjtimex() {
        return Optional.empty();
    }

    @Override
    public SystemName uname() {
        var files = new KernelFiles();
        return new SystemName(
                read(files, "ostype"),
                read(files, "hostname"),
                read(files, "osrelease"),
                read(files, "version"),
                machine(),
                read(files, "domainname"));
    }

    private String read(KernelFiles files, String name) {
        return files.string(new File(kernel.toFile(), name));
    }

    private static String machine() {
        String arch = System.getProperty("os.arch", "unknown");
        return arch.equals("amd64") ? "x86_64" : arch;
    }

    @Override
    public int pageSize() {
        return COMMON_PAGE_SIZE;
    }

    @Override
    public boolean isNative() {
        return false;
    }
}
