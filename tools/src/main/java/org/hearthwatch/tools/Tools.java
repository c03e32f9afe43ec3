package org.hearthwatch.tools;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Called by the script.
 *
 * <pre>
 * check rules [OPTION...] [FILE...]
 * test rules [OPTION...] FILE...
 * query instant|range [OPTION...] URL EXPRESSION
 * plugin-key [OPTION...] NAME
 * plugin-sign [OPTION...] FILE...
 * </pre>
 */
public final class Tools {

    private static final List<String> PLUGIN_WORDS = List.of("plugin-key", "plugin-sign");

    private Tools() {}

    /** Ends the process with the command's exit code. */
    public static void main(String[] words) {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        int code = run(Arrays.asList(words), new Output(out, err));
        out.flush();
        err.flush();
        System.exit(code);
    }

    static int run(List<String> words, Output output) {
        if (!words.isEmpty() && PLUGIN_WORDS.contains(words.get(0))) {
            return plugin(words, output);
        }
        String command = String.join(" ", words.subList(0, Math.min(2, words.size())));
        List<String> rest = words.subList(Math.min(2, words.size()), words.size());
        try {
            return switch (command) {
                case "check rules" -> CheckRules.run(rest, output);
                case "test rules" -> TestRules.run(rest, output);
                case "query instant" -> Query.instant(rest, output);
                case "query range" -> Query.range(rest, output);
                default -> throw new UsageException("no such command: " + command);
            };
        } catch (UsageException e) {
            output.err().println("hearthwatch: error: " + e.getMessage() + ", try --help");
            return Output.FAILED;
        }
    }

    private static int plugin(List<String> words, Output output) {
        List<String> rest = words.subList(1, words.size());
        try {
            return words.get(0).equals("plugin-key")
                    ? PluginKey.run(rest, output)
                    : PluginSign.run(rest, output);
        } catch (UsageException | IOException e) {
            output.err().println("hearthwatch: error: " + e.getMessage());
            return Output.FAILED;
        }
    }
}
