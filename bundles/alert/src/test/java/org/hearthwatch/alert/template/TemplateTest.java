package org.hearthwatch.alert.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class TemplateTest {

    private static final Functions FUNCTIONS = PrometheusFunctions.of(
            TemplateTest::answer, Instant.parse("2026-01-02T03:04:05.500Z"), "https://watch.home/hearth");

    private static List<Sample> answer(String expression) throws TemplateException {
        return switch (expression) {
            case "m" ->
                List.of(
                        new Sample(Labels.of("__name__", "m", "i", "b"), 0, 7),
                        new Sample(Labels.of("__name__", "m", "i", "a", "__value__", "shown"), 0, 1234.5));
            case "none" -> List.of();
            default -> throw new TemplateException("no such thing: " + expression);
        };
    }

    private static String expand(String text) throws TemplateException {
        return expand(text, Bounds.DEFAULT);
    }

    private static String expand(String text, Bounds bounds) throws TemplateException {
        var labels = new TextMap(Map.of("job", "node", "instance", "nas:9100"));
        Map<String, Object> dot = Map.of("Labels", labels, "Number", 5L);
        return Template.parse("t", text, List.of("$labels", "$value"), FUNCTIONS)
                .expand(dot, Map.of("$labels", labels, "$value", 1234.5), bounds, () -> 0);
    }

    /** What Go 1.19 printed for the same text. */
    @ParameterizedTest
    @CsvFileSource(resources = "/template/expansions.csv", delimiter = '\u2192', quoteCharacter = '\u0000')
    void expands_as_go_does(String text, String expected) throws TemplateException {
        assertThat(expand(text.replace("\u21b5", "\n")).replace("\n", "\u21b5")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/template/refusals.csv", delimiter = '\u2192', quoteCharacter = '\u0000')
    void says_where_and_why_it_cannot(String text, String message) {
        assertThatThrownBy(() -> expand(text))
                .isInstanceOf(TemplateException.class)
                .hasMessage(message);
    }

    @Test
    void gives_up_a_text_that_grows_without_end() {
        var bounds = new Bounds(1000, 100_000, 10, Duration.ofSeconds(1));
        assertThatThrownBy(() -> expand("{{ range 1000 }}0123456789{{ end }}", bounds))
                .hasMessageContaining("more than 1000 characters of output");
        assertThatThrownBy(() ->
                        expand("{{ $x := \"0123456789\" }}{{ range 100 }}{{ $x = print $x $x }}{{ end }}", bounds))
                .hasMessageContaining("more than 1000 characters");
    }

    @Test
    void gives_up_loops_within_loops() {
        var bounds = new Bounds(1000, 5000, 10, Duration.ofSeconds(1));
        assertThatThrownBy(() -> expand("{{ range 1000 }}{{ range 1000 }}{{ end }}{{ end }}", bounds))
                .hasMessageContaining("more than 5000 steps");
    }

    @Test
    void gives_up_a_template_that_calls_itself() {
        assertThatThrownBy(() -> expand("{{ define \"a\" }}{{ template \"a\" }}{{ end }}{{ template \"a\" }}"))
                .hasMessageContaining("exceeded maximum template depth (100)");
    }

    @Test
    void gives_up_when_its_time_is_over() {
        var ticks = new long[1];
        assertThatThrownBy(() -> Template.parse("t", "{{ range 1000 }}{{ end }}", List.of(), FUNCTIONS)
                        .expand(Nil.NIL, Map.of(), Bounds.DEFAULT, () -> ticks[0] += 5_000_000_000L))
                .hasMessageContaining("more than 10 s");
    }

    @Test
    void calls_templates_of_another_file() throws TemplateException {
        Template template = Template.parse("mail", "{{ template \"greet\" .name }}!", List.of(), FUNCTIONS)
                .with("own.tmpl", "{{ define \"greet\" }}Hello {{ . | toUpper }}{{ end }}");
        assertThat(template.expand(Map.of("name", "you"), Map.of(), Bounds.DEFAULT, () -> 0))
                .isEqualTo("Hello YOU!");
    }
}
