package org.hearthwatch.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hearthwatch.backup.age.Recipient;

/**
 * Where archives go and for whom, as the settings said last: known at a start before the settings are read.
 *
 * @param recipients besides the appliance
 */
record Target(Path folder, List<Recipient.Key> recipients) {

    Target {
        recipients = List.copyOf(recipients);
    }

    private static Path file(Places places) {
        return places.own().resolve("target");
    }

    void write(Places places) throws IOException {
        Places.makeFolder(places.own());
        var text = new StringBuilder().append(folder).append('\n');
        recipients.forEach(key -> text.append(key.text()).append('\n'));
        Places.replace(file(places), text.toString());
    }

    static Optional<Target> read(Places places) throws IOException {
        if (!Files.isRegularFile(file(places))) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file(places), StandardCharsets.UTF_8);
        try {
            return lines.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Target(
                            Path.of(lines.get(0)),
                            lines.subList(1, lines.size()).stream()
                                    .map(Recipient.Key::parse)
                                    .toList()));
        } catch (InvalidPathException e) {
            throw new IOException(file(places) + " names no folder", e);
        } catch (IllegalArgumentException e) {
            throw new IOException(file(places) + " holds no public key of age", e);
        }
    }
}
