package org.hearthwatch.shell.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.hearthwatch.shell.line.Completion.Suggestion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyntaxTest {

    private static final Syntax SYNTAX = Syntax.of("token-create", "Makes a token")
            .argument("NAME", "What it is for", Completion.of("grafana", "backup"))
            .requiredOption("--scope", "SCOPE", "How far it goes", Completion.of("read", "admin"))
            .option("--ttl", "DURATION", "How long it holds", Completion.NONE)
            .flag("--quiet", "Prints nothing else");

    @Test
    void options_may_stand_behind_the_argument_as_people_type_them() throws Exception {
        Arguments arguments = SYNTAX.parse(List.of("grafana", "--scope", "read", "--quiet"));

        assertThat(arguments.get("NAME")).isEqualTo("grafana");
        assertThat(arguments.get("--scope")).isEqualTo("read");
        assertThat(arguments.has("--quiet")).isTrue();
        assertThat(arguments.find("--ttl")).isEmpty();
    }

    @Test
    void options_may_stand_in_front_and_carry_their_value_behind_an_equals_sign() throws Exception {
        Arguments arguments = SYNTAX.parse(List.of("--scope=read", "--ttl", "90d", "grafana"));

        assertThat(arguments.get("NAME")).isEqualTo("grafana");
        assertThat(arguments.get("--ttl")).isEqualTo("90d");
    }

    @Test
    void an_options_value_may_begin_with_a_dash() throws Exception {
        assertThat(SYNTAX.parse(List.of("grafana", "--scope", "read", "--ttl", "-1h"))
                        .get("--ttl"))
                .isEqualTo("-1h");
    }

    @Test
    void behind_two_dashes_everything_is_an_argument() throws Exception {
        assertThat(SYNTAX.parse(List.of("--scope", "read", "--", "--quiet")).get("NAME"))
                .isEqualTo("--quiet");
    }

    @Test
    void a_negative_number_is_no_option() throws Exception {
        assertThat(SYNTAX.parse(List.of("--scope", "read", "-1")).get("NAME")).isEqualTo("-1");
    }

    @ParameterizedTest
    @CsvSource({
        "'grafana', '--scope SCOPE is missing'",
        "'--scope read', 'NAME is missing'",
        "'grafana --scope', '--scope needs a value'",
        "'grafana extra --scope read', '\"extra\" is one word too many'",
        "'grafana --scope read --colour red', 'there is no option --colour'",
        "'grafana --scope read --quiet=yes', '--quiet takes no value'",
        "'grafana --scope read --scope admin', '--scope stands twice'",
    })
    void what_does_not_fit_is_named(String line, String message) {
        assertThatThrownBy(() -> SYNTAX.parse(List.of(line.split(" "))))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(message);
    }

    @Test
    void completes_the_argument_first() {
        assertThat(values(SYNTAX.complete(List.of(), ""))).containsExactly("grafana", "backup");
    }

    @Test
    void completes_an_options_value_behind_the_option() {
        assertThat(values(SYNTAX.complete(List.of("grafana", "--scope"), ""))).containsExactly("read", "admin");
    }

    @Test
    void offers_only_options_that_have_not_been_given() {
        assertThat(values(SYNTAX.complete(List.of("grafana", "--scope", "read"), "--")))
                .containsExactly("--ttl", "--quiet");
    }

    @Test
    void offers_nothing_where_nothing_can_stand() {
        assertThat(SYNTAX.complete(List.of("grafana", "--quiet"), "")).isEmpty();
    }

    @Test
    void the_help_shows_the_whole_of_it() {
        assertThat(SYNTAX.details("More.").help()).isEqualTo("""
                        hw:token-create NAME --scope SCOPE [--ttl DURATION] [--quiet]

                        Makes a token.

                          NAME            What it is for
                          --scope SCOPE   How far it goes
                          --ttl DURATION  How long it holds
                          --quiet         Prints nothing else

                        More.
                        """);
    }

    private static List<String> values(List<Suggestion> suggestions) {
        return suggestions.stream().map(Suggestion::value).toList();
    }

    @Test
    void a_repeated_argument_takes_all_words_that_are_left() throws UsageException {
        Syntax repeated = Syntax.of("store-delete", "Deletes")
                .repeatedArgument("MATCHER", "A condition", Completion.of("up", "job=node"))
                .flag("--yes", "Deletes");

        assertThat(repeated.parse(List.of("up", "--yes", "job=node", "a=b")).all("MATCHER"))
                .containsExactly("up", "job=node", "a=b");
        assertThat(repeated.help()).startsWith("hw:store-delete MATCHER... [--yes]");
        assertThat(repeated.complete(List.of("up", "job=node"), ""))
                .extracting(Completion.Suggestion::value)
                .containsExactly("up", "job=node");
    }
}
