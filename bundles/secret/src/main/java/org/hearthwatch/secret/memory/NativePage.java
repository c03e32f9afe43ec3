package org.hearthwatch.secret.memory;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.util.Optional;
import org.hearthwatch.secret.crypto.Wiped;

/**
 * A key in a page of its own, outside the Java heap. With {@code memfd_secret(2)} the kernel takes the page out of its own
 * map: not even root reads it through {@code /proc}. Where that is switched off, a page that is never swapped out and in
 * no core dump.
 */
public final class NativePage implements KeyPage {

    private static final long PAGE = 4096;
    private static final long MEMFD_SECRET = 447;
    private static final int READ_WRITE = 3;
    private static final int MAP_SHARED = 1;
    private static final int MAP_PRIVATE_ANONYMOUS = 0x22;
    private static final int DONT_FORK = 10;
    private static final int DONT_DUMP = 16;

    private final Pointer page;
    private final String kind;

    private NativePage(Pointer page, String kind) {
        this.page = page;
        this.kind = kind;
    }

    /** The best page there is; empty where this is no Linux we know, or memory may not be locked. */
    public static Optional<KeyPage> open() {
        if (!System.getProperty("os.name", "").equals("Linux")
                || !System.getProperty("os.arch", "").matches("amd64|aarch64")) {
            return Optional.empty();
        }
        try {
            return Optional.of(secret());
        } catch (LastErrorException notOffered) {
            try {
                return Optional.of(locked());
            } catch (LastErrorException notAllowed) {
                return Optional.empty();
            }
        } catch (UnsatisfiedLinkError e) {
            return Optional.empty();
        }
    }

    private static NativePage secret() {
        int file = C.syscall(new NativeLong(MEMFD_SECRET), new NativeLong(0)).intValue();
        try {
            C.ftruncate(file, new NativeLong(PAGE));
            return new NativePage(map(MAP_SHARED, file), "memfd_secret page");
        } finally {
            C.close(file);
        }
    }

    private static NativePage locked() {
        Pointer page = map(MAP_PRIVATE_ANONYMOUS, -1);
        try {
            C.mlock(page, new NativeLong(PAGE));
            C.madvise(page, new NativeLong(PAGE), DONT_DUMP);
            C.madvise(page, new NativeLong(PAGE), DONT_FORK);
        } catch (LastErrorException e) {
            C.munmap(page, new NativeLong(PAGE));
            throw e;
        }
        return new NativePage(page, "locked page");
    }

    private static Pointer map(int flags, int file) {
        return C.mmap(Pointer.NULL, new NativeLong(PAGE), READ_WRITE, flags, file, new NativeLong(0));
    }

    @Override
    public void put(byte[] key) {
        page.write(0, key, 0, BYTES);
    }

    @Override
    public Wiped get() {
        return new Wiped(page.getByteArray(0, BYTES));
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public void close() {
        page.clear(BYTES);
        C.munmap(page, new NativeLong(PAGE));
    }

    /** The C library, loaded when a page is first asked for. */
    private static final class C {

        static {
            Native.register(C.class, "c");
        }

        private C() {}

        static native NativeLong syscall(NativeLong number, NativeLong flags) throws LastErrorException;

        static native int ftruncate(int file, NativeLong length) throws LastErrorException;

        static native Pointer mmap(
                Pointer at, NativeLong length, int protection, int flags, int file, NativeLong offset)
                throws LastErrorException;

        static native int munmap(Pointer at, NativeLong length) throws LastErrorException;

        static native int mlock(Pointer at, NativeLong length) throws LastErrorException;

        static native int madvise(Pointer at, NativeLong length, int advice) throws LastErrorException;

        static native int close(int file) throws LastErrorException;
    }
}
