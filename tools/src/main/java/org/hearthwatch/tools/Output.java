package org.hearthwatch.tools;

import java.io.PrintStream;

/** Where a command writes. */
record Output(PrintStream out, PrintStream err) {

    static final int DONE = 0;
    static final int FAILED = 1;

    /** Rules are good but something is odd, and that was to be fatal. */
    static final int ODD = 3;
}
