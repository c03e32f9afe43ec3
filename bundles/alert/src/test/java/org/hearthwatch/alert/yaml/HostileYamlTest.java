package org.hearthwatch.alert.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HostileYamlTest {

    @Test
    void what_is_nested_too_deeply_is_refused_where_it_goes_too_far() {
        assertThat(YamlDocument.read("a: " + "[".repeat(90) + "]".repeat(90)).problems())
                .isEmpty();
        for (String text : new String[] {
            "groups: " + "[".repeat(10_000),
            "- ".repeat(50_000) + "x",
            "a: " + "{b: ".repeat(10_000) + "}".repeat(10_000)
        }) {
            YamlDocument document = YamlDocument.read(text);

            assertThat(document.root()).isEmpty();
            assertThat(document.problems().toString()).contains("nested deeper than 100 levels");
        }
    }

    @Test
    void aliases_that_stand_for_more_than_memory_holds_are_refused() {
        var bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 9; i++) {
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(9)));
        }

        assertThat(YamlDocument.read(bomb.toString()).problems().toString())
                .contains("its aliases stand for more than 1000000 values");
        assertThat(YamlDocument.read("a: &a [x, x]\nb: [*a, *a]\n").problems()).isEmpty();
    }

    @Test
    void an_alias_within_what_it_stands_for_is_refused() {
        assertThat(YamlDocument.read("a: &a {b: {c: *a}}\n").problems().toString())
                .contains("an alias stands within what it stands for");
        assertThat(YamlDocument.read("a: &a [*a]\n").problems().toString())
                .contains("an alias stands within what it stands for");
    }
}
