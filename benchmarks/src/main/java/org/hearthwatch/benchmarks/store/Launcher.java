package org.hearthwatch.benchmarks.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The script that starts the appliance, which says with what memory and compiler it runs. */
final class Launcher {

    /** Of memory, collector and compiler; not where messages go and which class layout is taken. */
    private static final Pattern OPTION = Pattern.compile("-X(?:X:(?!SharedArchiveFile)|m[sx]|ss)\\S+");

    private final Path script;

    Launcher(Path script) {
        this.script = script;
    }

    /** The options that it gives the JVM. */
    List<String> options() throws IOException {
        var options = new ArrayList<String>();
        boolean inside = false;
        for (String line : Files.readAllLines(script)) {
            inside = line.equals("launch() {") || (inside && !line.equals("}"));
            if (inside && !line.strip().startsWith("#")) {
                var matcher = OPTION.matcher(line);
                while (matcher.find()) {
                    options.add(matcher.group());
                }
            }
        }
        if (options.stream().noneMatch(option -> option.startsWith("-Xmx"))) {
            throw new IOException(script + " does not say how much memory the appliance has");
        }
        return options;
    }
}
