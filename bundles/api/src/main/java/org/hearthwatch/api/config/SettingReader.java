package org.hearthwatch.api.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hearthwatch.api.secret.SecretRef;

/**
 * Understands the texts of one configuration. Every method returns what a text means or throws an
 * {@link InvalidSettingException} that names the file, the setting, what stood there and what may.
 *
 * @param pid the configuration's, as {@code org.hearthwatch.store} or {@code org.hearthwatch.notifier.mail~family}
 */
public record SettingReader(String pid) {

    private static final String REFERENCE =
            "a reference such as secret:NAME, env:NAME, file:/PATH or credential:NAME, never the secret itself";

    /** A duration within bounds, which belong to it. */
    public Duration duration(String key, String text, Duration least, Duration most) {
        String allowed =
                HumanDuration.ALLOWED + ", from " + HumanDuration.format(least) + " to " + HumanDuration.format(most);
        Duration value = parsed(key, text, allowed, HumanDuration::parse);
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw refused(key, text, allowed);
        }
        return value;
    }

    /** A size within bounds, which belong to it, in bytes; {@link Long#MAX_VALUE} as a bound is none. */
    public long bytes(String key, String text, long least, long most) {
        String allowed = ByteSize.ALLOWED + ", from " + new ByteSize(least)
                + (most == Long.MAX_VALUE ? "" : " to " + new ByteSize(most));
        long bytes = parsed(key, text, allowed, ByteSize::parse).bytes();
        if (bytes < least || bytes > most) {
            throw refused(key, text, allowed);
        }
        return bytes;
    }

    /** A whole number within bounds, which belong to it. */
    public int count(String key, String text, int least, int most) {
        String allowed = wholeNumber(least, most);
        int value = parsed(key, text, allowed, number -> Integer.parseInt(number.trim()));
        if (value < least || value > most) {
            throw refused(key, text, allowed);
        }
        return value;
    }

    /** A number that Config Admin has understood, if it is within bounds, which belong to it. */
    public int count(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw refused(key, Integer.toString(value), wholeNumber(least, most));
        }
        return value;
    }

    private static String wholeNumber(int least, int most) {
        return "a whole number from " + least + " to " + most;
    }

    /** {@code true} or {@code false}. */
    public boolean truth(String key, String text) {
        return switch (text.strip()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw refused(key, text, "true or false");
        };
    }

    /** A constant by its name in small letters. */
    public <T extends Enum<T>> T word(String key, String text, Class<T> type) {
        for (T word : type.getEnumConstants()) {
            if (small(word).equals(text.strip())) {
                return word;
            }
        }
        throw refused(
                key,
                text,
                "one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(SettingReader::small)
                                .collect(Collectors.joining(", ")));
    }

    private static String small(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    /** Where a secret is; empty for an empty text. What stands there instead is not repeated: it may be the secret. */
    public Optional<SecretRef> reference(String key, String text) {
        String stripped = text.strip();
        if (!stripped.isEmpty() && !SecretRef.isReference(stripped)) {
            throw refused(key, "***", REFERENCE);
        }
        return stripped.isEmpty() ? Optional.empty() : Optional.of(SecretRef.parse(stripped));
    }

    /** The absolute path of a file or folder, whether it is there or not. */
    public Path path(String key, String text) {
        String allowed = "an absolute path";
        Path path = parsed(key, text, allowed, name -> Path.of(name.strip()));
        if (!path.isAbsolute()) {
            throw refused(key, text, allowed);
        }
        return path;
    }

    /**
     * An address on the web: http or https, with a host, without user name and password.
     *
     * @param allowed what may stand there, as the end of a sentence
     */
    public URI address(String key, String text, String allowed) {
        URI address = parsed(key, text, allowed, uri -> URI.create(uri.strip()));
        String scheme = address.getScheme();
        boolean web = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
        if (!web || address.getHost() == null || address.getRawUserInfo() != null) {
            throw refused(key, text, allowed);
        }
        return address;
    }

    /**
     * {@code Name: value} pairs of an HTTP request, separated by commas.
     *
     * @param ours names in small letters that we set ourselves
     */
    public Map<String, String> headers(String key, String text, Set<String> ours) {
        String allowed = "Name: value, separated by commas, none of those we set";
        Map<String, String> headers = pairs(key, text, ':', allowed);
        for (String name : headers.keySet()) {
            if (!name.matches("[A-Za-z0-9-]+") || ours.contains(name.toLowerCase(Locale.ROOT))) {
                throw refused(key, text, allowed);
            }
        }
        return headers;
    }

    /**
     * Names with values, in order, the pairs separated by commas.
     *
     * @param separator the first one in a pair ends its name, which is not empty
     * @param allowed what may stand there, as the end of a sentence
     */
    public Map<String, String> pairs(String key, String text, char separator, String allowed) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : text.split(",", -1)) {
            if (pair.isBlank()) {
                continue;
            }
            int at = pair.indexOf(separator);
            String name = pair.substring(0, Math.max(0, at)).strip();
            if (name.isEmpty() || pair.chars().anyMatch(Character::isISOControl)) {
                throw refused(key, text, allowed);
            }
            pairs.put(name, pair.substring(at + 1).strip());
        }
        return pairs;
    }

    /**
     * What stands between commas, in order, blanks left out.
     *
     * @param reader throws {@link IllegalArgumentException} with what is wrong or what one of them may be
     */
    public <T> List<T> list(String key, String text, Function<String, T> reader) {
        List<T> values = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            if (!part.isBlank()) {
                try {
                    values.add(reader.apply(part.strip()));
                } catch (InvalidSettingException e) {
                    throw e;
                } catch (IllegalArgumentException e) {
                    throw caused(refused(key, part.strip(), "a list separated by commas (" + e.getMessage() + ")"), e);
                }
            }
        }
        return List.copyOf(values);
    }

    /**
     * What a parser makes of a text.
     *
     * @param allowed what may stand there, as the end of a sentence
     * @param parser throws {@link IllegalArgumentException} for what may not
     */
    public <T> T parsed(String key, String text, String allowed, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw caused(refused(key, text, allowed), e);
        }
    }

    /** A refusal, to be thrown. */
    public InvalidSettingException refused(String key, String value, String allowed) {
        return new InvalidSettingException(pid, key, value, allowed);
    }

    private static InvalidSettingException caused(InvalidSettingException refusal, Throwable cause) {
        refusal.initCause(cause);
        return refusal;
    }
}
