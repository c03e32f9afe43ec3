package org.hearthwatch.tools;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.alert.text.GoText;
import org.hearthwatch.alert.text.PromDuration;

/** A command's options and the other words, which may stand in any order. */
final class Options {

    private final Map<String, List<String>> values = new HashMap<>();
    private final List<String> words = new ArrayList<>();

    /** An option a command takes; a switch has no value and may be turned round by {@code --no-}. */
    record Option(String name, boolean isSwitch, boolean repeats, String help) {

        static Option value(String name, String help) {
            return new Option(name, false, false, help);
        }

        /** With a value, and it may be given more than once. */
        static Option values(String name, String help) {
            return new Option(name, false, true, help);
        }

        static Option on(String name, String help) {
            return new Option(name, true, false, help);
        }
    }

    private Options() {}

    /** @throws UsageException if an option is not known or lacks its value */
    static Options of(List<String> arguments, List<Option> known) {
        var options = new Options();
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            if (word.equals("--")) {
                options.words.addAll(arguments.subList(i + 1, arguments.size()));
                break;
            }
            if (!word.startsWith("-") || word.length() == 1) {
                options.words.add(word);
                continue;
            }
            int equal = word.indexOf('=');
            String name = name(equal < 0 ? word : word.substring(0, equal));
            boolean off = name.startsWith("no-");
            Option option = known.stream()
                    .filter(candidate -> candidate.name().equals(name)
                            || (off && candidate.isSwitch() && name.equals("no-" + candidate.name())))
                    .findFirst()
                    .orElseThrow(() -> new UsageException(
                            "unknown " + (word.startsWith("--") ? "long" : "short") + " flag '" + word + "'"));
            if (!option.repeats() && options.values.containsKey(option.name())) {
                throw new UsageException("flag '" + option.name() + "' cannot be repeated");
            }
            if (option.isSwitch()) {
                options.values.put(option.name(), List.of(off ? "false" : "true"));
            } else if (equal >= 0) {
                options.add(name, word.substring(equal + 1));
            } else if (i + 1 < arguments.size()) {
                i++;
                options.add(name, arguments.get(i));
            } else {
                throw new UsageException("expected argument for flag '" + word + "'");
            }
        }
        return options;
    }

    /** @throws UsageException if an option is given whose value is no duration */
    void requireDuration(String name) {
        for (String value : all(name)) {
            try {
                PromDuration.parse(value);
            } catch (IllegalArgumentException e) {
                throw new UsageException("time: invalid duration " + GoText.quote(value));
            }
        }
    }

    /** @throws UsageException if an argument is not the path of a file */
    static void requireFile(String path) {
        if (!Files.exists(Path.of(path))) {
            throw new UsageException("path '" + path + "' does not exist");
        }
        if (Files.isDirectory(Path.of(path))) {
            throw new UsageException("'" + path + "' is a directory");
        }
    }

    private static String name(String word) {
        return switch (word) {
            case "-o" -> "format";
            case "-h" -> "help";
            default -> word.startsWith("--") ? word.substring(2) : word;
        };
    }

    private void add(String name, String value) {
        values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
    }

    List<String> words() {
        return words;
    }

    boolean has(String name) {
        return all(name).contains("true");
    }

    Optional<String> get(String name) {
        List<String> given = all(name);
        return given.isEmpty() ? Optional.empty() : Optional.of(given.get(given.size() - 1));
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** How the command is used, for {@code --help}. */
    static String help(String usage, String purpose, List<Option> known) {
        var text = new StringBuilder("usage: " + usage + "\n\n" + purpose + "\n\nFlags:\n");
        for (Option option : known) {
            text.append(String.format(
                    "  --%-26s %s%n", option.name() + (option.isSwitch() ? "" : "=VALUE"), option.help()));
        }
        return text.toString();
    }
}
