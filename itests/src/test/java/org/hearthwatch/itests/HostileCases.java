package org.hearthwatch.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * What is tried by those who mean harm, and what they are answered. The tests of this suite note both here, once they have seen
 * the answer; the table is written to {@code target/hostile-cases.md} and printed when all tests are through. All classes of the
 * suite share one appliance, apart from those that others share, as attacks leave traces.
 */
final class HostileCases implements BeforeAllCallback {

    /** The appliance that is attacked. */
    static final Appliance APPLIANCE = Appliance.inFreshHome();

    private static final Path TABLE = Path.of("target", "hostile-cases.md");
    private static final Map<Integer, List<String>> ROWS = new TreeMap<>();

    private static String adminToken = "";

    /** To be registered by each class of the suite, before the appliance. */
    static HostileCases noted() {
        return new HostileCases();
    }

    /** Notes an answer that was seen. */
    static void answered(int number, String tried, String answer) {
        synchronized (ROWS) {
            ROWS.computeIfAbsent(number, each -> new ArrayList<>())
                    .add("| " + number + " | " + cell(tried) + " | " + cell(answer) + " |");
        }
    }

    /** A token that may do everything. */
    static synchronized String adminToken() {
        if (adminToken.isEmpty()) {
            adminToken = APPLIANCE.newToken("admin");
        }
        return adminToken;
    }

    private static String cell(String text) {
        return text.strip().replaceAll("\\s+", " ").replace("|", "\\|");
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(Namespace.create(HostileCases.class))
                .computeIfAbsent("table", key -> (AutoCloseable) HostileCases::print);
    }

    private static void print() {
        var table = new StringBuilder("| case | tried | answer |\n|---|---|---|\n");
        synchronized (ROWS) {
            ROWS.values().forEach(rows -> rows.forEach(row -> table.append(row).append('\n')));
        }
        System.out.println(table);
        try {
            Files.writeString(TABLE, table);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
