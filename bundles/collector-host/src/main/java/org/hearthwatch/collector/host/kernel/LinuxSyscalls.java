package org.hearthwatch.collector.host.kernel;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The C library by way of JNA's direct mapping. The structures are laid out as 64-bit Linux has them on every processor
 * but s390x ({@code struct statfs} of {@code asm-generic/statfs.h}, {@code struct timex} of {@code linux/timex.h}); on
 * others {@link #load} declines.
 */
public final class LinuxSyscalls implements Syscalls {

    private static final int STATFS_BYTES = 256;
    private static final int TIMEX_BYTES = 256;
    private static final int UNAME_FIELD = 65;
    private static final int EACCES = 13;
    private static final int ENOENT = 2;
    private static final int EIO = 5;
    private static final int ENOTCONN = 107;
    private static final int ESTALE = 116;

    private final int pageSize;

    private LinuxSyscalls() {
        pageSize = C.getpagesize();
    }

    /**
     * The C library of this machine.
     *
     * @throws UnsupportedOperationException if this is no 64-bit Linux
     * @throws LinkageError if JNA's native library cannot be loaded
     */
    public static Syscalls load() {
        String arch = System.getProperty("os.arch", "");
        if (!System.getProperty("os.name", "").equals("Linux") || arch.equals("s390x") || Native.LONG_SIZE != 8) {
            throw new UnsupportedOperationException("system calls are known for 64-bit Linux, not for " + arch);
        }
        return new LinuxSyscalls();
    }

    @Override
    public FileSystemUsage statfs(String path) throws IOException {
        var answer = new byte[STATFS_BYTES];
        try {
            C.statfs((path + '\0').getBytes(StandardCharsets.UTF_8), answer);
        } catch (LastErrorException e) {
            throw new IOException(words(e.getErrorCode()), e);
        }
        ByteBuffer fields = ByteBuffer.wrap(answer).order(ByteOrder.nativeOrder());
        double blockSize = fields.getLong(8);
        return new FileSystemUsage(
                unsigned(fields.getLong(16)) * blockSize,
                unsigned(fields.getLong(24)) * blockSize,
                unsigned(fields.getLong(32)) * blockSize,
                unsigned(fields.getLong(40)),
                unsigned(fields.getLong(48)));
    }

    @Override
    public Optional<ClockDiscipline> adjtimex() throws IOException {
        var answer = new byte[TIMEX_BYTES];
        int state;
        try {
            state = C.adjtimex(answer);
        } catch (LastErrorException e) {
            throw new IOException("adjtimex: " + words(e.getErrorCode()), e);
        }
        ByteBuffer fields = ByteBuffer.wrap(answer).order(ByteOrder.nativeOrder());
        return Optional.of(new ClockDiscipline(
                state,
                fields.getInt(40),
                fields.getLong(8),
                fields.getLong(16),
                fields.getLong(24),
                fields.getLong(32),
                fields.getLong(48),
                fields.getLong(88),
                fields.getLong(96),
                fields.getLong(104),
                fields.getInt(112),
                fields.getLong(120),
                fields.getLong(128),
                fields.getLong(136),
                fields.getLong(144),
                fields.getLong(152),
                fields.getInt(160)));
    }

    @Override
    public SystemName uname() throws IOException {
        var answer = new byte[6 * UNAME_FIELD];
        try {
            C.uname(answer);
        } catch (LastErrorException e) {
            throw new IOException("uname: " + words(e.getErrorCode()), e);
        }
        return new SystemName(
                field(answer, 0),
                field(answer, 1),
                field(answer, 2),
                field(answer, 3),
                field(answer, 4),
                field(answer, 5));
    }

    @Override
    public int pageSize() {
        return pageSize;
    }

    @Override
    public boolean isNative() {
        return true;
    }

    private static String field(byte[] answer, int index) {
        int from = index * UNAME_FIELD;
        int to = from;
        while (to < from + UNAME_FIELD && answer[to] != 0) {
            to++;
        }
        return new String(answer, from, to - from, StandardCharsets.UTF_8);
    }

    private static double unsigned(long value) {
        return value >= 0 ? value : (value >>> 1) * 2.0 + (value & 1);
    }

    /** The words Go, and so node_exporter, has for the errors that statfs is known to give. */
    private static String words(int error) {
        return switch (error) {
            case EACCES -> "permission denied";
            case ENOENT -> "no such file or directory";
            case EIO -> "input/output error";
            case ENOTCONN -> "transport endpoint is not connected";
            case ESTALE -> "stale NFS file handle";
            default -> "errno " + error;
        };
    }

    /** Loaded apart, so that a failure to link is met in {@link #load} and nowhere else. */
    private static final class C {

        static {
            Native.register(C.class, "c");
        }

        private C() {}

        static native int statfs(byte[] path, byte[] answer) throws LastErrorException;

        static native int adjtimex(byte[] buffer) throws LastErrorException;

        static native int uname(byte[] answer) throws LastErrorException;

        static native int getpagesize();
    }
}
