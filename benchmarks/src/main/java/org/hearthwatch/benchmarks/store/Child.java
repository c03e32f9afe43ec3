package org.hearthwatch.benchmarks.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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

    /**
     * Starts it with the appliance's own options and waits until the store is open.
     *
     * @param layout the option that says which class layout it takes or makes
     */
    private Child(String layout, Path directory, List<String> arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(new Launcher(Path.of("hearthwatch")).options());
        command.addAll(List.of(
                "-Xshare:auto",
                "-Xlog:cds=off",
                "-Xlog:cds+dynamic=off",
                layout,
                "-cp",
                System.getProperty("java.class.path"),
                StoreProcess.class.getName(),
                directory.toString()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        // As the launcher does.
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        process = builder.start();
        from = new BufferedReader(process.inputReader(StandardCharsets.UTF_8));
        to = process.outputWriter(StandardCharsets.UTF_8);
        listen();
    }

    /**
     * Starts it and waits until the store is open.
     *
     * @param layout what {@link #layout} made
     */
    static Child start(Path layout, Path directory, String... arguments) throws IOException {
        return new Child("-XX:SharedArchiveFile=" + layout, directory, List.of(arguments));
    }

    /**
     * Keeps the layout of the classes of one trial start on an empty directory, as {@code hearthwatch build} does for the
     * appliance.
     */
    static Path layout(Path folder) throws IOException {
        Path made = folder.resolve("classes.jsa");
        if (Files.exists(made)) {
            return made;
        }
        try (var trial = new Child("-XX:ArchiveClassesAtExit=" + made, folder.resolve("trial"), List.of("0", "1", "20", "0"))) {
            trial.tell("feed");
        }
        return made;
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
