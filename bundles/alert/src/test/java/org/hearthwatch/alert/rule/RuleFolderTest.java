package org.hearthwatch.alert.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.hearthwatch.alert.ScriptedEngine;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleFolderTest {

    private static final String GOOD = "groups: [{name: g, rules: [{record: a, expr: x}]}]\n";

    @TempDir
    private Path etc;

    private RuleFolder folder;

    @BeforeEach
    void open() throws IOException {
        Files.createDirectory(etc.resolve("rules"));
        folder = new RuleFolder(
                etc, new RuleFileReader(new ScriptedEngine(), false), TestClock.atStart(), Map.of("SITE", "home"));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(etc.resolve(name), text);
    }

    @Test
    void reads_what_comes_changes_and_goes() throws IOException {
        assertThat(folder.refresh()).isFalse();
        write("rules/house.yml", GOOD);
        assertThat(folder.refresh()).isTrue();
        assertThat(folder.files()).containsOnlyKeys("rules/house.yml");
        assertThat(folder.refresh()).isFalse();

        write("rules/house.yml", GOOD + "# only a remark\n");
        assertThat(folder.refresh()).isFalse();

        Files.delete(etc.resolve("rules/house.yml"));
        assertThat(folder.refresh()).isTrue();
        assertThat(folder.files()).isEmpty();
    }

    @Test
    void refuses_a_bad_file_whole_and_goes_on_with_what_it_said_before() throws IOException {
        write("rules/house.yml", GOOD);
        folder.refresh();
        write("rules/house.yml", GOOD + "colour: red\n");

        assertThat(folder.refresh()).isFalse();

        assertThat(folder.files())
                .hasEntrySatisfying(
                        "rules/house.yml", file -> assertThat(file.size()).isEqualTo(1));
        assertThat(folder.refused()).singleElement().satisfies(refused -> {
            assertThat(refused.file()).isEqualTo("rules/house.yml");
            assertThat(refused.problems()).containsExactly("2:1: field colour not found in type rulefmt.RuleGroups");
        });

        write("rules/house.yml", GOOD.replace("expr: x", "expr: yy"));
        assertThat(folder.refresh()).isTrue();
        assertThat(folder.refused()).isEmpty();
    }

    @Test
    void takes_what_a_prometheus_yml_says_about_rules() throws IOException {
        Files.createDirectory(etc.resolve("more"));
        write("more/a.rules", GOOD);
        write("prometheus.yml", """
                global:
                  scrape_interval: 15s
                  evaluation_interval: 30s
                  rule_query_offset: 5s
                  external_labels: {site: home, at: '${SITE}/$SITE$NOWHERE/$$1'}
                rule_files: [more/*.rules]
                scrape_configs: [{job_name: x}]
                """);

        assertThat(folder.refresh()).isTrue();

        assertThat(folder.files()).containsOnlyKeys("more/a.rules");
        assertThat(folder.globals().evaluationInterval()).contains(Duration.ofSeconds(30));
        assertThat(folder.globals().queryOffset()).contains(Duration.ofSeconds(5));
        assertThat(folder.globals().externalLabels()).isEqualTo(Map.of("site", "home", "at", "home/home/$1"));

        write("prometheus.yml", "global: {evaluation_interval: soon}\n");
        assertThat(folder.refresh()).isFalse();
        assertThat(folder.refused())
                .singleElement()
                .satisfies(refused ->
                        assertThat(refused.problems()).containsExactly("1:31: not a valid duration string: \"soon\""));
        assertThat(folder.globals().evaluationInterval()).contains(Duration.ofSeconds(30));
    }
}
