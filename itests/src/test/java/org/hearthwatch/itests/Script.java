package org.hearthwatch.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The one door, {@code ./hearthwatch}, used as people and other scripts use it. */
final class Script {

    /** The root of the repository, where the script is. */
    static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Path home;
    private final Map<String, String> environment;

    Script(Path home, Map<String, String> environment) {
        this.home = home;
        this.environment = environment;
    }

    /** What the script said and how it ended. */
    record Reply(int exitCode, String out, String err) {

        /** The output of a command that must have succeeded. */
        String orThrow() {
            if (exitCode != 0) {
                throw new AssertionError("exit code " + exitCode + "\n" + err + out);
            }
            return out;
        }
    }

    /** Runs the script with these words and waits for its end. */
    Reply run(String... words) {
        return runWithInput("", words);
    }

    /** As {@link #run}, with text on its standard input. */
    Reply runWithInput(String input, String... words) {
        try {
            Path out = Files.createTempFile("hearthwatch-it", ".out");
            Path err = Files.createTempFile("hearthwatch-it", ".err");
            try {
                // Files and no pipes: a started appliance inherits them and would keep a pipe open.
                var process = builder(words)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
                try (var stdin = process.getOutputStream()) {
                    stdin.write(input.getBytes(StandardCharsets.UTF_8));
                }
                if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new AssertionError("./hearthwatch " + String.join(" ", words) + " took longer than " + LIMIT);
                }
                return new Reply(process.exitValue(), Files.readString(out), Files.readString(err));
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A process of the script that goes on, such as {@code run}; everything it says goes to the file. */
    Process launch(Path output, String... words) throws IOException {
        return builder(words)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private ProcessBuilder builder(String... words) {
        var line = new ArrayList<String>();
        line.add(ROOT.resolve("hearthwatch").toString());
        line.addAll(List.of("--home", home.toString()));
        line.addAll(List.of(words));
        var builder = new ProcessBuilder(line);
        builder.environment().putAll(environment);
        return builder;
    }
}
