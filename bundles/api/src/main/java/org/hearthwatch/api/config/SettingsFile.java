package org.hearthwatch.api.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A configuration file of which single settings are changed while every comment and every other line stays as it is. Values
 * are as they stand in the file; {@link #written} is how any text is put there. One thread at a time.
 */
public final class SettingsFile {

    private final Path file;

    public SettingsFile(Path file) {
        this.file = file;
    }

    /** The value of a setting; empty if the file does not set it. */
    public Optional<String> get(String key) throws IOException {
        List<String> lines = lines();
        int at = lastIndex(lines, setting(key));
        if (at < 0) {
            return Optional.empty();
        }
        Matcher matcher = setting(key).matcher(lines.get(at));
        return matcher.matches() ? Optional.of(matcher.group(1).trim()) : Optional.empty();
    }

    /** Sets a value in the place where the setting, or its commented default, stands; empty takes the setting out. */
    public void set(String key, Optional<String> value) throws IOException {
        List<String> lines = lines();
        int at = lastIndex(lines, setting(key));
        while (at >= 0) {
            remove(lines, at);
            int earlier = lastIndex(lines, setting(key));
            if (earlier < 0) {
                break;
            }
            at = earlier;
        }
        if (value.isPresent()) {
            int place = at >= 0 ? at : lastIndex(lines, commented(key)) + 1;
            lines.add(place == 0 ? lines.size() : place, key + " = " + value.get());
        }
        write(String.join("\n", lines) + "\n");
    }

    /**
     * How a text is written so that it is read back as it is: in one line, nothing taken for an escape.
     *
     * @throws IllegalArgumentException if it holds <code>${</code>, which stands for something else in these files
     */
    public static String written(String text) {
        if (text.contains("${")) {
            throw new IllegalArgumentException("${ stands for another value in configuration files and cannot be kept");
        }
        String escaped = text.replace("\\", "\\\\")
                .replace("\r\n", "\n")
                .replace("\r", "\n")
                .replace("\n", "\\n")
                .replace("\t", "\\t");
        return escaped.startsWith(" ") ? "\\" + escaped : escaped;
    }

    /** With the lines it goes on in: each but the last ends in an odd number of backslashes. */
    private static void remove(List<String> lines, int at) {
        boolean goesOn;
        do {
            String line = lines.remove(at);
            int backslashes = line.length() - line.replaceFirst("\\\\+$", "").length();
            goesOn = backslashes % 2 == 1;
        } while (goesOn && at < lines.size());
    }

    private static Pattern setting(String key) {
        return Pattern.compile("\\s*" + Pattern.quote(key) + "\\s*[=:](.*)");
    }

    private static Pattern commented(String key) {
        return Pattern.compile("\\s*#\\s*" + Pattern.quote(key) + "\\s*=.*");
    }

    private static int lastIndex(List<String> lines, Pattern pattern) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (pattern.matcher(lines.get(i)).matches()) {
                return i;
            }
        }
        return -1;
    }

    private List<String> lines() throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return new ArrayList<>();
        }
        return new ArrayList<>(Files.readAllLines(file, StandardCharsets.UTF_8));
    }

    private void write(String text) throws IOException {
        Path next = file.resolveSibling("." + file.getFileName() + ".next");
        Files.deleteIfExists(next);
        try (var channel = FileChannel.open(
                next,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
