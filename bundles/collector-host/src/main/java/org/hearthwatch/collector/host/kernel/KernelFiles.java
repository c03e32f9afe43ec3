package org.hearthwatch.collector.host.kernel;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * Reads one file after another into one buffer that grows to what the largest needed. Each answer is valid until the
 * next read. Not thread-safe.
 */
public final class KernelFiles {

    /** The largest file that is read, in bytes; {@code /proc/stat} of a machine with a thousand processors is smaller. */
    public static final int LIMIT = 4 << 20;

    /** What one attribute in sysfs can hold. */
    private static final int PAGE = 4096;
    /** Reads of up to this many bytes need no buffer of their own in the JVM. */
    private static final int CHUNK = 8192;

    private final KernelText text = new KernelText();
    private byte[] buffer = new byte[2 * CHUNK];

    /**
     * A whole file.
     *
     * @throws IOException if it cannot be read or is larger than {@value #LIMIT} bytes
     */
    public KernelText read(File file) throws IOException {
        int length = 0;
        try (var in = new FileInputStream(file)) {
            int read;
            while ((read = in.read(buffer, length, Math.min(CHUNK, buffer.length - length))) > 0) {
                length += read;
                if (length == buffer.length) {
                    if (length >= LIMIT) {
                        throw new IOException(file + " is larger than " + LIMIT + " bytes and was not read");
                    }
                    buffer = Arrays.copyOf(buffer, Math.min(LIMIT, 2 * length));
                }
            }
        }
        text.reset(file.getPath(), buffer, length);
        return text;
    }

    /**
     * A small file of one value, by a single read; its first line becomes the current word.
     *
     * @return false if the file is not there, may not be read or has no value now (drivers answer with an error then)
     */
    public boolean attribute(File file) {
        int length;
        try (var in = new FileInputStream(file)) {
            length = Math.max(0, in.read(buffer, 0, PAGE));
        } catch (IOException e) {
            return false;
        }
        text.reset(file.getPath(), buffer, length);
        return text.nextLine() && text.rest();
    }

    /** The attribute just found. */
    public KernelText attribute() {
        return text;
    }

    /** An attribute's text, or the empty string where it cannot be read. */
    public String string(File file) {
        return attribute(file) ? text.word() : "";
    }

    /**
     * An attribute as a whole number, decimal or hexadecimal with {@code 0x}, possibly negative; NaN where it cannot be
     * read or is no number.
     */
    public double number(File file) {
        if (!attribute(file)) {
            return Double.NaN;
        }
        try {
            return text.wordStartsWith("0x") ? text.hexNumber() : text.signedNumber();
        } catch (MalformedException e) {
            return Double.NaN;
        }
    }

    /**
     * An attribute that must be there, as an unsigned whole number.
     *
     * @throws IOException if it cannot be read or is something else
     */
    public double requiredNumber(File file) throws IOException {
        KernelText whole = read(file);
        whole.nextLine();
        return whole.nextNumber();
    }
}
