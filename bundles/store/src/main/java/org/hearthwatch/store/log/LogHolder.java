package org.hearthwatch.store.log;

import java.io.IOException;

/** Who still needs files of the log that are otherwise done with. */
public interface LogHolder {

    /** Nobody needs any. */
    LogHolder NONE = new LogHolder() {
        @Override
        public long needed() {
            return Long.MAX_VALUE;
        }

        @Override
        public long mostBytes() {
            return 0;
        }

        @Override
        public void dropping(long segment) {
            // Nobody minds.
        }
    };

    /** The number of the oldest file that is needed, durably known before this returns. */
    long needed() throws IOException;

    /** How many bytes of files are kept for this alone. */
    long mostBytes();

    /** A file that is needed is about to be removed because they are too many. */
    void dropping(long segment) throws IOException;
}
