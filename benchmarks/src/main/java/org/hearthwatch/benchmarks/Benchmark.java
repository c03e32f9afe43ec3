package org.hearthwatch.benchmarks;

import java.io.PrintStream;
import java.util.List;

/** One benchmark: measures, prints a table and says whether every bar was met. */
public interface Benchmark {

    /** What it measures and which options it takes, for the list of benchmarks. */
    String summary();

    /**
     * Measures.
     *
     * @param arguments after the benchmark's name
     * @return whether every bar was met
     * @throws UsageException if the arguments are not understood
     */
    boolean run(List<String> arguments, PrintStream out) throws Exception;

    /** Arguments that are not understood. */
    final class UsageException extends Exception {

        private static final long serialVersionUID = 1L;

        public UsageException(String message) {
            super(message);
        }
    }
}
