package org.hearthwatch.collector.host.kernel;

import java.io.IOException;
import java.util.Optional;

/** The few questions no file answers. Implementations are thread-safe. */
public interface Syscalls {

    /**
     * statfs(2): how full a file system is. May block for as long as a dead network file system does.
     *
     * @throws IOException with the system's own words ({@code permission denied}) as message
     */
    FileSystemUsage statfs(String path) throws IOException;

    /**
     * adjtimex(2) without changing anything: how well the clock is kept. Empty where it cannot be asked.
     *
     * @throws IOException if the kernel refuses
     */
    Optional<ClockDiscipline> adjtimex() throws IOException;

    /** uname(2): what the kernel calls itself and the machine. */
    SystemName uname() throws IOException;

    /** The size of a memory page in bytes. */
    int pageSize();

    /** Whether the C library answers; otherwise Java's own library does with less. */
    boolean isNative();
}
