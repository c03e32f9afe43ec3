package org.hearthwatch.collector.external.osgi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.hearthwatch.api.config.ByteSize;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.secret.SecretRef;
import org.hearthwatch.collector.external.Isolation;
import org.hearthwatch.collector.external.Program;
import org.hearthwatch.collector.external.Words;

/** What the settings of one program come to. */
record Settings(Program program, String job, Duration interval) {

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");
    private static final Pattern USER = Pattern.compile("[a-z_][a-z0-9_-]{0,31}");

    /**
     * Reads them.
     *
     * @param instance the part of the file's name that tells it from others
     */
    static Settings of(ExternalConfig config, String instance) {
        var reader = new Reader(ExternalConfig.PID + "-" + instance);
        Duration interval =
                reader.duration("interval", config.interval(), Duration.ofSeconds(1), Duration.ofDays(1));
        Duration longest = interval.compareTo(Duration.ofHours(1)) < 0 ? interval : Duration.ofHours(1);
        String name = "external-" + instance;
        var program = new Program(
                name,
                reader.command(config.command()),
                reader.duration("timeout", config.timeout(), Duration.ofMillis(100), longest),
                reader.size("memory", config.memory(), 1L << 20, 64L << 30),
                (int) reader.size("maxOutput", config.maxOutput(), 1L << 10, 64L << 20),
                reader.count("maxSamples", config.maxSamples(), 1_000_000),
                reader.user(config.user()),
                config.network(),
                reader.pairs("labels", config.labels(), value -> value, "NAME=VALUE, separated by commas"),
                reader.pairs("environment", config.environment(), value -> value, "NAME=VALUE, separated by commas"),
                reader.pairs(
                        "secrets",
                        config.secrets(),
                        SecretRef::parse,
                        "NAME=REFERENCE, separated by commas, where a reference is such as secret:router/token"),
                reader.word("secretsBy", config.secretsBy(), List.of("input", "environment")).equals("input"),
                reader.isolation(config.isolation()));
        return new Settings(program, config.job().isBlank() ? name : config.job().strip(), interval);
    }

    /** Reads values, and names the file and the key of one that is not allowed. */
    private record Reader(String pid) {

        List<String> command(String text) {
            String allowed = "the absolute path of an executable file and its arguments; others than its owner must not"
                    + " be able to change it";
            try {
                List<String> words = Words.split(text);
                if (!words.isEmpty() && isSafe(Path.of(words.get(0)))) {
                    return words;
                }
            } catch (IllegalArgumentException e) {
                throw new InvalidSettingException(pid, "command", text, allowed);
            }
            throw new InvalidSettingException(pid, "command", text, allowed);
        }

        private static boolean isSafe(Path file) {
            try {
                return file.isAbsolute()
                        && Files.isRegularFile(file)
                        && Files.isExecutable(file)
                        && Files.getPosixFilePermissions(file).stream()
                                .noneMatch(permission -> permission.name().equals("OTHERS_WRITE")
                                        || permission.name().equals("GROUP_WRITE"));
            } catch (IOException | InvalidPathException e) {
                return false;
            }
        }

        Duration duration(String key, String text, Duration least, Duration most) {
            String allowed = "a duration from " + HumanDuration.format(least) + " to " + HumanDuration.format(most);
            return parsed(
                    key,
                    text,
                    HumanDuration::parse,
                    value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
                    allowed);
        }

        long size(String key, String text, long least, long most) {
            return parsed(
                    key,
                    text,
                    value -> ByteSize.parse(value).bytes(),
                    value -> value >= least && value <= most,
                    "a size from " + new ByteSize(least) + " to " + new ByteSize(most));
        }

        int count(String key, int value, int most) {
            return parsed(
                    key,
                    Integer.toString(value),
                    Integer::valueOf,
                    number -> number >= 1 && number <= most,
                    "a number from 1 to " + most);
        }

        String word(String key, String text, List<String> words) {
            return parsed(
                    key, text, value -> value.toLowerCase(Locale.ROOT), words::contains, String.join(" or ", words));
        }

        Optional<Isolation> isolation(String text) {
            String word = word("isolation", text, List.of("auto", "systemd", "bubblewrap", "limits"));
            return word.equals("auto")
                    ? Optional.empty()
                    : Optional.of(Isolation.valueOf(word.toUpperCase(Locale.ROOT)));
        }

        Optional<String> user(String text) {
            return text.isBlank()
                    ? Optional.empty()
                    : Optional.of(parsed(
                            "user",
                            text,
                            String::strip,
                            value -> USER.matcher(value).matches(),
                            "the name of a user of this machine"));
        }

        <T> Map<String, T> pairs(String key, String text, Function<String, T> parser, String allowed) {
            Map<String, T> pairs = new LinkedHashMap<>();
            for (String pair : text.isBlank() ? new String[0] : text.split(",", -1)) {
                int equal = pair.indexOf('=');
                String name = pair.substring(0, Math.max(0, equal)).strip();
                // The value is not repeated: it may be a secret that was put there by mistake.
                String shown = name.isEmpty() ? "(a pair without a name)" : name + "=...";
                if (!VARIABLE.matcher(name).matches()) {
                    throw new InvalidSettingException(pid, key, shown, allowed);
                }
                pairs.put(name, parsed(key, pair.substring(equal + 1).strip(), shown, parser, value -> true, allowed));
            }
            return pairs;
        }

        private <T> T parsed(
                String key,
                String text,
                Function<String, T> parser,
                Predicate<T> isAllowed,
                String allowed) {
            return parsed(key, text, text, parser, isAllowed, allowed);
        }

        private <T> T parsed(
                String key,
                String text,
                String shown,
                Function<String, T> parser,
                Predicate<T> isAllowed,
                String allowed) {
            try {
                T value = parser.apply(text);
                if (isAllowed.test(value)) {
                    return value;
                }
            } catch (IllegalArgumentException e) {
                throw new InvalidSettingException(pid, key, shown, allowed);
            }
            throw new InvalidSettingException(pid, key, shown, allowed);
        }
    }
}
