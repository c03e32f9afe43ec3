package org.hearthwatch.collector.external.osgi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.hearthwatch.api.config.SettingReader;
import org.hearthwatch.api.secret.SecretRef;
import org.hearthwatch.collector.external.Isolation;
import org.hearthwatch.collector.external.Program;
import org.hearthwatch.collector.external.Words;

/** What the settings of one program come to. */
record Settings(Program program, String job, Duration interval) {

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");
    private static final Pattern USER = Pattern.compile("[a-z_][a-z0-9_-]{0,31}");
    private static final String PAIRS = "NAME=VALUE, separated by commas";
    private static final Set<PosixFilePermission> FOREIGN =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    /** How a program gets its secrets. */
    enum Handover {
        INPUT,
        ENVIRONMENT
    }

    /** What keeps it apart. */
    enum Choice {
        AUTO,
        SYSTEMD,
        BUBBLEWRAP,
        LIMITS
    }

    /**
     * Reads them.
     *
     * @param instance the part of the file's name that tells it from others
     */
    static Settings of(ExternalConfig config, String instance) {
        var reader = new SettingReader(ExternalConfig.PID + "-" + instance);
        Duration interval = reader.duration("interval", config.interval(), Duration.ofSeconds(1), Duration.ofDays(1));
        Duration longest = interval.compareTo(Duration.ofHours(1)) < 0 ? interval : Duration.ofHours(1);
        String name = "external-" + instance;
        var program = new Program(
                name,
                reader.parsed(
                        "command",
                        config.command(),
                        "the absolute path of an executable file and its arguments; others than its owner must not be able"
                                + " to change it",
                        Settings::command),
                reader.duration("timeout", config.timeout(), Duration.ofMillis(100), longest),
                reader.bytes("memory", config.memory(), 1L << 20, 64L << 30),
                (int) reader.bytes("maxOutput", config.maxOutput(), 1L << 10, 64L << 20),
                reader.count("maxSamples", config.maxSamples(), 1, 1_000_000),
                user(reader, config.user()),
                config.network(),
                pairs(reader, "labels", config.labels(), value -> value),
                pairs(reader, "environment", config.environment(), value -> value),
                pairs(reader, "secrets", config.secrets(), value -> secret(reader, value)),
                reader.word("secretsBy", config.secretsBy(), Handover.class) == Handover.INPUT,
                isolation(reader, config.isolation()));
        return new Settings(
                program, config.job().isBlank() ? name : config.job().strip(), interval);
    }

    private static List<String> command(String text) {
        List<String> words = Words.split(text);
        Path file = Path.of(words.isEmpty() ? "" : words.get(0));
        try {
            if (file.isAbsolute()
                    && Files.isRegularFile(file)
                    && Files.isExecutable(file)
                    && Files.getPosixFilePermissions(file).stream().noneMatch(FOREIGN::contains)) {
                return words;
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be looked at", e);
        }
        throw new IllegalArgumentException(file + " is no such file");
    }

    private static Optional<String> user(SettingReader reader, String text) {
        if (!text.isBlank() && !USER.matcher(text.strip()).matches()) {
            throw reader.refused("user", text, "the name of a user of this machine");
        }
        return text.isBlank() ? Optional.empty() : Optional.of(text.strip());
    }

    private static Optional<Isolation> isolation(SettingReader reader, String text) {
        return switch (reader.word("isolation", text, Choice.class)) {
            case AUTO -> Optional.empty();
            case SYSTEMD -> Optional.of(Isolation.SYSTEMD);
            case BUBBLEWRAP -> Optional.of(Isolation.BUBBLEWRAP);
            case LIMITS -> Optional.of(Isolation.LIMITS);
        };
    }

    private static SecretRef secret(SettingReader reader, String text) {
        return reader.reference("secrets", text)
                .orElseThrow(() -> reader.refused("secrets", "(nothing)", "NAME=REFERENCE, separated by commas"));
    }

    private static <T> Map<String, T> pairs(SettingReader reader, String key, String text, Function<String, T> value) {
        Map<String, T> pairs = new LinkedHashMap<>();
        for (String pair : text.isBlank() ? new String[0] : text.split(",", -1)) {
            int equal = pair.indexOf('=');
            String name = pair.substring(0, Math.max(0, equal)).strip();
            if (!VARIABLE.matcher(name).matches()) {
                // The rest is not repeated: it may be a secret that was put there by mistake.
                throw reader.refused(key, name.isEmpty() ? "(a pair without a name)" : name + "=...", PAIRS);
            }
            pairs.put(name, value.apply(pair.substring(equal + 1).strip()));
        }
        return pairs;
    }
}
