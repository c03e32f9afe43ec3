package org.hearthwatch.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hearthwatch.alert.rule.RulePack;
import org.hearthwatch.alert.unittest.UnitTests;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The alerts that come with the appliance do what their unit tests say; promtool runs the same files. */
class RulePackTest {

    private static final Pattern NAME = Pattern.compile("(?m)^  - name: (\\w+) (fires|does not fire)$");

    @TestFactory
    Stream<DynamicTest> every_alert_fires_when_it_should_and_only_then() throws Exception {
        return files().stream()
                .map(file -> dynamicTest(file.getFileName().toString(), () -> {
                    var warnings = new ArrayList<String>();
                    var tests = new UnitTests(
                            (reader, step) -> Engines.over(reader, step, List.of()),
                            UnitTests.Choices.ALL,
                            System::nanoTime);

                    assertThat(tests.run(file, warnings::add).failures()).isEmpty();
                    assertThat(warnings).isEmpty();
                }));
    }

    @Test
    void no_alert_is_without_tests() throws Exception {
        var firing = new TreeSet<String>();
        var quiet = new TreeSet<String>();
        for (Path file : files()) {
            var name = NAME.matcher(Files.readString(file));
            while (name.find()) {
                (name.group(2).equals("fires") ? firing : quiet).add(name.group(1));
            }
        }
        var alerts = new RulePack().alerts();

        assertThat(firing).isEqualTo(alerts);
        alerts.remove("DeadMansSwitch");
        assertThat(quiet).isEqualTo(alerts);
    }

    private static List<Path> files() throws IOException {
        // Where they stand, not where the build copies them: they name the rules beside them.
        Path sources = Path.of("src/test/resources/pack").toAbsolutePath();
        try (Stream<Path> found = Files.list(sources)) {
            return found.sorted().toList();
        }
    }
}
