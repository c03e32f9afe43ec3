package org.hearthwatch.store.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A file that is written at its end. For one thread. */
public interface DiskFile extends Closeable {

    /** Writes all that remains in the buffer. */
    void write(ByteBuffer bytes) throws IOException;

    /**
     * Makes what was written durable. After a failure it is not known what is on disk, and a second try would not find
     * out: the file must not be used any more.
     */
    void force() throws IOException;

    @Override
    void close() throws IOException;
}
