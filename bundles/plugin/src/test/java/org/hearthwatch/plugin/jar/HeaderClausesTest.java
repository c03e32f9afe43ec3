package org.hearthwatch.plugin.jar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeaderClausesTest {

    @Test
    void gives_the_paths_without_attributes_and_directives() {
        assertThat(HeaderClauses.paths("a.b;version=\"[1,2)\",c.d ; e.f;resolution:=optional,g"))
                .containsExactly("a.b", "c.d", "e.f", "g");
    }

    @Test
    void a_comma_in_quotes_ends_no_clause() {
        assertThat(HeaderClauses.paths("a;uses:=\"x,y;z\",b")).containsExactly("a", "b");
    }

    @Test
    void nothing_comes_of_nothing() {
        assertThat(HeaderClauses.paths(" ")).isEmpty();
    }
}
