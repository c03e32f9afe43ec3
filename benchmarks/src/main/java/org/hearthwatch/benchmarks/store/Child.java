package org.hearthwatch.benchmarks.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A {@link StoreProcess} and what it has said so far. */
final class Child implements AutoCloseable {

    private final Process process;
    private final BufferedReader from;
    private final Writer to;
    private final Map<String, Double> figures = new TreeMap<>();

    /** Starts it and waits until the store is open. */
    Child(String heap, Path directory, String... arguments) throws IOException {
        var command = new ArrayList<String>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // The appliance's own memory settings.
                "-XX:+UseSerialGC",
                "-Xms64m",
                "-Xmx" + heap,
                "-XX:NewSize=28m",
                "-cp",
                System.getProperty("java.class.path"),
                StoreProcess.class.getName(),
                directory.toString()));
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        from = new BufferedReader(process.inputReader(StandardCharsets.UTF_8));
        to = process.outputWriter(StandardCharsets.UTF_8);
        listen();
    }

    /** Lets it do something and waits for the end of that. */
    Child tell(String word) throws IOException {
        to.write(word + "\n");
        to.flush();
        listen();
        return this;
    }

    private void listen() throws IOException {
        for (String line = from.readLine(); !"done".equals(line); line = from.readLine()) {
            if (line == null) {
                throw new IOException("The store's process ended early; what it said is above");
            }
            String[] words = line.split("\t", 2);
            if (words.length == 2) {
                figures.put(words[0], Double.parseDouble(words[1]));
            }
        }
    }

    /** A figure it told, NaN where it told none. */
    double figure(String name) {
        return figures.getOrDefault(name, Double.NaN);
    }

    Map<String, Double> figures() {
        return figures;
    }

    long pid() {
        return process.pid();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws IOException {
        if (process.isAlive()) {
            to.write("quit\n");
            to.flush();
            try {
                process.onExit().get(60, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                process.destroyForcibly().onExit().join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                process.destroyForcibly();
            }
        }
        from.close();
    }
}
