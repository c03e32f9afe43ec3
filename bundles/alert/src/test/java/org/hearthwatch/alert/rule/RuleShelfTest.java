package org.hearthwatch.alert.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.hearthwatch.alert.ScriptedEngine;
import org.hearthwatch.api.alert.AlertingRefusal;
import org.hearthwatch.api.alert.RuleFiles;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleShelfTest {

    private static final String GOOD = "groups: [{name: g, rules: [{alert: A, expr: up}]}]\n";

    @TempDir
    private Path home;

    private final TestClock clock = TestClock.atStart();
    private RuleShelf shelf;

    @BeforeEach
    void open() {
        shelf = new RuleShelf(
                home.resolve("rules"), home.resolve("history"), new RuleFileReader(new ScriptedEngine(), false), clock);
    }

    @Test
    void makes_changes_and_deletes_files_and_knows_who_did() throws Exception {
        shelf.write("house.yml", GOOD, "ann", "first");
        clock.advance(Duration.ofHours(1));
        shelf.write("house.yml", GOOD.replace("expr: up", "expr: down"), "bob", "better");
        assertThat(shelf.list()).extracting(RuleFiles.Entry::name).containsExactly("house.yml");
        assertThat(shelf.read("house.yml")).contains("down");
        shelf.delete("house.yml", "ann", "");

        assertThat(shelf.list()).isEmpty();
        assertThat(shelf.history("house.yml"))
                .extracting(version -> version.number() + " " + version.by() + " " + version.comment() + " "
                        + version.text().isPresent())
                .containsExactly("3 ann  false", "2 bob better true", "1 ann first true");
        assertThat(shelf.history("house.yml").get(1).at()).isEqualTo(TestClock.START.plus(Duration.ofHours(1)));
    }

    @Test
    void keeps_what_somebody_wrote_with_an_editor() throws Exception {
        Files.createDirectories(home.resolve("rules"));
        Files.writeString(home.resolve("rules/house.yml"), "# by hand\n");

        shelf.write("house.yml", GOOD, "ann", "");

        assertThat(shelf.history("house.yml").get(1).text()).contains("# by hand\n");
    }

    @Test
    void refuses_a_wrong_text_with_its_line_and_changes_nothing() throws Exception {
        shelf.write("house.yml", GOOD, "ann", "");

        assertThatThrownBy(() -> shelf.write("house.yml", "groups:\n  - nam: x\n", "ann", ""))
                .isInstanceOf(AlertingRefusal.class)
                .hasMessage("house.yml:2:5: field nam not found in type rulefmt.RuleGroup");
        assertThat(shelf.read("house.yml")).isEqualTo(GOOD);
        assertThat(shelf.history("house.yml")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../house.yml", "a/b.yml", ".house.yml", "house.txt", "", "house.yml\n"})
    void refuses_names_that_lead_elsewhere(String name) {
        assertThatThrownBy(() -> shelf.write(name, GOOD, "ann", ""))
                .isInstanceOf(AlertingRefusal.class)
                .hasMessageContaining("is no name for a rule file");
        assertThatThrownBy(() -> shelf.history(name)).isInstanceOf(AlertingRefusal.class);
    }
}
