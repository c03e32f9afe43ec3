package org.hearthwatch.collector.external;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One run of a program: started with an empty environment and what it is given, killed with all it began when it ends, takes
 * too long or prints too much. Thread-safe.
 */
final class Child {

    private static final int MOST_ERROR_TEXT = 4096;
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private final Executor readers;

    /** @param readers threads that wait for what programs print and read; three for each run */
    Child(Executor readers) {
        this.readers = readers;
    }

    /** What became of a run that was not killed. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Ended(int exitCode, byte[] out, String err) {}

    /** A run that was killed, or never began; the reason is a word for the metric. */
    static final class Killed extends IOException {

        private static final long serialVersionUID = 1L;

        private final String reason;

        Killed(String reason, String message) {
            super(message);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    /**
     * Runs it.
     *
     * @param input what it finds on its standard input
     * @throws Killed if it took too long or printed too much
     */
    Ended run(List<String> words, Map<String, String> environment, byte[] input, Duration timeout, int maxOutput)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(words).directory(new File("/"));
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            CompletableFuture<byte[]> out = reading(process.getInputStream(), maxOutput);
            CompletableFuture<byte[]> err = endOf(process.getErrorStream(), MOST_ERROR_TEXT);
            readers.execute(() -> give(process.getOutputStream(), input));
            var tooMuch = new CompletableFuture<Object>();
            var unused = out.thenAccept(bytes -> {
                if (bytes.length > maxOutput) {
                    tooMuch.complete(bytes);
                }
            });
            CompletableFuture.anyOf(process.onExit(), tooMuch).get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            if (tooMuch.isDone()) {
                throw new Killed("output", "it printed more than " + maxOutput + " bytes (maxOutput) and was killed");
            }
            // What it left behind would keep its output open.
            kill(process);
            byte[] printed = out.get(FAREWELL.toNanos(), TimeUnit.NANOSECONDS);
            if (printed.length > maxOutput) {
                throw new Killed("output", "it printed more than " + maxOutput + " bytes (maxOutput)");
            }
            String errors = new String(err.get(FAREWELL.toNanos(), TimeUnit.NANOSECONDS), StandardCharsets.UTF_8);
            return new Ended(process.exitValue(), printed, errors);
        } catch (TimeoutException e) {
            throw new Killed("timeout", "it took longer than " + timeout.toMillis() + " ms (timeout) and was killed");
        } catch (ExecutionException e) {
            throw new Killed("start", "its output could not be read: " + e.getCause());
        } finally {
            kill(process);
            process.getInputStream().close();
            process.getErrorStream().close();
        }
    }

    private CompletableFuture<byte[]> reading(InputStream in, int most) {
        return CompletableFuture.supplyAsync(
                () -> {
                    var bytes = new ByteArrayOutputStream();
                    byte[] buffer = new byte[8192];
                    try {
                        for (int read = in.read(buffer); read >= 0 && bytes.size() <= most; read = in.read(buffer)) {
                            bytes.write(buffer, 0, read);
                        }
                    } catch (IOException e) {
                        // Closed under our hands, when its time was up: what it printed is discarded.
                        return bytes.toByteArray();
                    }
                    return bytes.toByteArray();
                },
                readers);
    }

    /** The end of what it prints; the rest is read too, as a program whose pipe is full waits for its reader. */
    private CompletableFuture<byte[]> endOf(InputStream in, int most) {
        return CompletableFuture.supplyAsync(
                () -> {
                    var end = new byte[0];
                    byte[] buffer = new byte[8192];
                    try {
                        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                            var all = new ByteArrayOutputStream();
                            all.writeBytes(end);
                            all.write(buffer, 0, read);
                            byte[] bytes = all.toByteArray();
                            end = Arrays.copyOfRange(bytes, Math.max(0, bytes.length - most), bytes.length);
                        }
                    } catch (IOException e) {
                        // Closed under our hands, when its time was up.
                        return end;
                    }
                    return end;
                },
                readers);
    }

    private static void give(OutputStream stream, byte[] input) {
        try (stream) {
            stream.write(input);
        } catch (IOException e) {
            // It need not read what it is given.
            return;
        }
    }

    /** Kills it and all it began; a group of its own catches those that were handed on to the system's first process. */
    private static void kill(Process process) throws IOException {
        List<ProcessHandle> descendants = process.descendants().toList();
        boolean alive = process.isAlive();
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
        // Its number cannot be another's yet while it or one of its group lives.
        if (alive || !descendants.isEmpty() || hasGroup(process.pid())) {
            new ProcessBuilder("kill", "-KILL", "--", "-" + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        }
    }

    private static boolean hasGroup(long leader) {
        return ProcessHandle.allProcesses().anyMatch(handle -> Groups.of(handle.pid()) == leader);
    }
}
