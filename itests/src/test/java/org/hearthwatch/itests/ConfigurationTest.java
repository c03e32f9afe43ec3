package org.hearthwatch.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The shipped files, the bundles' declarations and the reference say the same. */
class ConfigurationTest {

    private static final Path ETC = Script.ROOT.resolve("etc");

    /** A setting in a shipped file: commented out, showing its default. */
    private static final Pattern SHOWN = Pattern.compile("#\\s?([a-z][A-Za-z0-9.]*)\\s*=\\s?(.*)");

    private static final Pattern PIDS = Pattern.compile("configuration-pid=\"([^\"]+)\"");

    private static final Pattern SET = Pattern.compile("\\s*[^#\\s].*");

    @TestFactory
    Stream<DynamicTest> a_shipped_file_shows_every_setting_with_its_default() throws IOException {
        return Setting.declared().stream()
                .filter(group -> !group.factory())
                .map(group -> dynamicTest(group.pid(), () -> {
                    var declared = new TreeMap<String, String>();
                    group.settings().forEach(setting -> declared.put(setting.key(), setting.defaultValue()));

                    assertThat(shownIn(ETC.resolve(group.pid() + ".cfg"))).isEqualTo(declared);
                }));
    }

    @Test
    void a_shipped_file_belongs_to_a_bundle_and_sets_nothing() throws IOException {
        var pids = componentPids();
        try (var files = Files.newDirectoryStream(ETC, "org.hearthwatch*.cfg")) {
            for (var file : files) {
                var pid = file.getFileName().toString().replaceFirst("(-[^-]*)?\\.cfg$", "");
                assertThat(pids)
                        .as("the PIDs of components, for %s", file.getFileName())
                        .contains(pid);
                assertThat(Files.readAllLines(file)).noneMatch(SET.asMatchPredicate());
            }
        }
    }

    @Test
    void the_reference_is_what_the_bundles_declare() throws IOException {
        var generated = Path.of("target/configuration.md");
        Files.createDirectories(generated.getParent());
        Files.writeString(generated, ConfigurationReference.of(Setting.declared()));

        assertThat(Script.ROOT.resolve("docs/configuration.md"))
                .as("docs/configuration.md; renew it with: cp itests/%s docs/configuration.md", generated)
                .hasSameTextualContentAs(generated);
    }

    /** A component may have a file without settings of its own: its schedule is in it. */
    private static Set<String> componentPids() throws IOException {
        var pids = new TreeSet<String>();
        for (var component : Bundles.generated("OSGI-INF")) {
            var declared = PIDS.matcher(Files.readString(component));
            while (declared.find()) {
                pids.addAll(List.of(declared.group(1).split(" ")));
            }
        }
        return pids;
    }

    private static Map<String, String> shownIn(Path file) throws IOException {
        var shown = new TreeMap<String, String>();
        for (var line : Files.readAllLines(file)) {
            var matcher = SHOWN.matcher(line);
            // Properties every collector has by its schedule, not by its own declaration.
            if (matcher.matches() && !matcher.group(1).startsWith("hearthwatch.")) {
                shown.put(matcher.group(1), matcher.group(2).strip());
            }
        }
        return shown;
    }
}
