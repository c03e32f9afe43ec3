package org.hearthwatch.collector.host.osgi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.hearthwatch.collector.host.HostPaths;

/**
 * A machine in one text file: {@code == path} begins a file, {@code == path -> target} is a symbolic link, all other lines
 * are content. One file because names such as {@code b8:0} and links do not survive every checkout.
 */
final class FixtureTree {

    private FixtureTree() {}

    /** Unpacks a machine and says where its parts are. */
    static HostPaths unpack(String resource, Path directory) throws IOException {
        String text;
        try (InputStream in = Objects.requireNonNull(FixtureTree.class.getResourceAsStream(resource), resource)) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        for (String entry : ("\n" + text).split("\n== ", -1)) {
            if (!entry.isBlank()) {
                unpackEntry(entry, directory);
            }
        }
        return new HostPaths(
                directory.resolve("proc"),
                directory.resolve("sys"),
                directory.resolve("root"),
                directory.resolve("udev"),
                directory.resolve("system_bus_socket"));
    }

    private static void unpackEntry(String entry, Path directory) throws IOException {
        int newline = entry.indexOf('\n');
        String head = newline < 0 ? entry : entry.substring(0, newline);
        String content = newline < 0 ? "" : entry.substring(newline + 1);
        String[] link = head.split(" -> ", 2);
        Path path = directory.resolve(link[0].trim());
        Files.createDirectories(Objects.requireNonNull(path.getParent()));
        if (link.length == 2) {
            Files.createSymbolicLink(path, Path.of(link[1].trim()));
        } else {
            Files.writeString(path, content.endsWith("\n") || content.isEmpty() ? content : content + "\n");
        }
    }
}
