package org.hearthwatch.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/dependencies.md names what is in the program folder, no more and no less. */
class DependenciesTest {

    private static final Pattern ROW = Pattern.compile("\\| `[^:`]+:([^`]+)` \\| (\\S+) \\|.*");
    private static final Path PROGRAM = Script.ROOT.resolve("karaf-assembly/target/assembly");

    @Test
    void the_page_names_every_foreign_jar_and_its_version() throws IOException {
        assertThat(namedOnThePage()).isEqualTo(shipped());
    }

    private static Set<String> namedOnThePage() throws IOException {
        return Files.readAllLines(Script.ROOT.resolve("docs/dependencies.md")).stream()
                .map(ROW::matcher)
                .filter(java.util.regex.Matcher::matches)
                .map(row -> row.group(1) + "-" + row.group(2) + ".jar")
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> shipped() throws IOException {
        try (Stream<Path> files = Files.walk(PROGRAM)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar") && !name.startsWith("hearthwatch-"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
