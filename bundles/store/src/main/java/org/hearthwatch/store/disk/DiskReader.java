package org.hearthwatch.store.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A file that is read at any place, by any number of threads at once. */
public interface DiskReader extends Closeable {

    /**
     * Fills the buffer with what stands at a place.
     *
     * @throws java.io.EOFException if the file ends before the buffer is full
     */
    void read(long at, ByteBuffer into) throws IOException;

    /** How long the file was when it was opened. */
    long size();

    @Override
    void close() throws IOException;
}
