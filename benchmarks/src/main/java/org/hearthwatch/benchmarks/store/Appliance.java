package org.hearthwatch.benchmarks.store;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The assembled appliance, started as its owner would, in a home of its own. */
final class Appliance implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("(http://127\\.0\\.0\\.1:\\d+)/");

    private final Path home;
    private final Process script;
    private final Server server;

    private Appliance(Path home, Process script, Server server) {
        this.home = home;
        this.script = script;
        this.server = server;
    }

    /**
     * Nothing where it has not been built.
     *
     * @param hours how much older than now samples may be that it is sent, as whoever sends it old ones sets it
     */
    static Optional<Appliance> start(Path home, int hours, PrintStream out) throws Exception {
        if (!Files.exists(Path.of("karaf-assembly/target/assembly/program.id"))) {
            out.println("The appliance is not built (./hearthwatch build): what goes through HTTP is left out.");
            return Optional.empty();
        }
        Path etc = Files.createDirectories(home.resolve("etc"));
        Files.writeString(etc.resolve("org.hearthwatch.store.cfg"), "outOfOrderWindow = " + hours + "h\n");
        Path console = home.resolve("console.txt");
        Process script = new ProcessBuilder(
                        Path.of("hearthwatch").toAbsolutePath().toString(),
                        "--home",
                        home.toString(),
                        "--port",
                        "0",
                        "run")
                .redirectErrorStream(true)
                .redirectOutput(console.toFile())
                .start();
        for (int i = 0; i < 600; i++) {
            var matcher = ADDRESS.matcher(Files.exists(console) ? Files.readString(console) : "");
            if (matcher.find()) {
                String token = command(home, "token-create", "benchmark", "--scope", "admin", "--quiet")
                        .strip();
                return Optional.of(new Appliance(
                        home, script, Server.appliance(URI.create(matcher.group(1)), script, home, token)));
            }
            if (!script.isAlive()) {
                break;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        script.destroy();
        throw new IllegalStateException("The appliance did not start: " + Files.readString(console));
    }

    private static String command(Path home, String... words) throws IOException {
        var line = new ArrayList<String>(
                List.of(Path.of("hearthwatch").toAbsolutePath().toString(), "--home", home.toString()));
        line.addAll(List.of(words));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    Server server() {
        return server;
    }

    Path home() {
        return home;
    }

    @Override
    public void close() {
        script.destroy();
        script.onExit().join();
    }
}
