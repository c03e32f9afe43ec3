package org.hearthwatch.transport.profile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.hearthwatch.api.config.SettingsFile;
import org.hearthwatch.api.net.Pins;
import org.hearthwatch.transport.certificate.Pin;

/** Pins as the setting {@code pins}, where people may write them too. */
public final class FilePins implements Pins {

    private static final String KEY = "pins";
    private static final int MOST_PINS = 8;

    private final SettingsFile file;
    private final Supplier<Map<String, List<Pin>>> inForce;

    /**
     * @param file etc/org.hearthwatch.transport.cfg
     * @param inForce as they were read from there last
     */
    public FilePins(Path file, Supplier<Map<String, List<Pin>>> inForce) {
        this.file = new SettingsFile(file);
        this.inForce = inForce;
    }

    @Override
    public List<PinnedHost> list() {
        return inForce.get().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> new PinnedHost(
                        entry.getKey(), entry.getValue().stream().map(Pin::text).toList()))
                .toList();
    }

    @Override
    public synchronized void pin(String host, List<String> pins) throws IOException {
        String name = checked(host);
        if (pins.isEmpty() || pins.size() > MOST_PINS) {
            throw new IllegalArgumentException("A host is pinned to 1 to " + MOST_PINS + " keys");
        }
        Map<String, List<Pin>> all = written();
        all.put(name, pins.stream().map(Pin::new).distinct().toList());
        write(all);
    }

    @Override
    public synchronized boolean unpin(String host) throws IOException {
        Map<String, List<Pin>> all = written();
        boolean was = all.remove(checked(host)) != null;
        if (was) {
            write(all);
        }
        return was;
    }

    /** What is in force stands in the file; a file that was just changed by hand counts within a second. */
    private Map<String, List<Pin>> written() {
        return new LinkedHashMap<>(inForce.get());
    }

    private void write(Map<String, List<Pin>> all) throws IOException {
        String text = all.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey() + " = "
                        + entry.getValue().stream().map(Pin::text).collect(Collectors.joining(" ")))
                .collect(Collectors.joining(", "));
        file.set(KEY, text.isEmpty() ? Optional.empty() : Optional.of(text));
    }

    private static String checked(String host) {
        String name = host.strip().toLowerCase(Locale.ROOT);
        if (!name.matches("[a-z0-9._-]{1,253}|[0-9a-f:.]{2,45}")) {
            throw new IllegalArgumentException("A host is a name or an address, without a port");
        }
        return name;
    }
}
