package org.hearthwatch.store.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.store.Matcher.Kind;
import org.hearthwatch.testkit.ForAll;
import org.junit.jupiter.api.Test;

class LabelIndexTest {

    private static final List<Kind> KINDS = List.of(Kind.values());
    private static final List<String> NAMES = List.of("__name__", "job", "device", "mode");
    private static final List<String> VALUES = List.of("", "a", "ab", "abc", "eth0", "eth1", "et.h", "x\ny", "(b)");
    private static final List<String> PATTERNS = List.of(
            "",
            ".*",
            ".+",
            "a",
            "a|ab",
            "(a|abc)",
            "(?:eth0|)",
            "eth.*",
            "eth.+",
            "eth\\d",
            "e.h",
            "et\\.h",
            ".*b.*",
            "[ab]+",
            "a?",
            "ab*",
            "x.y",
            "\\(b\\)",
            "(?i)ETH0",
            "(a)(b)",
            "a|",
            "eth[0-9]|ab.*");

    @Test
    void selects_what_a_look_at_every_series_selects() {
        ForAll.cases(600, LabelIndexTest::scene).check(scene -> {
            var index = new LabelIndex();
            scene.series.forEach((ref, labels) -> index.add(ref, index.intern(labels)));
            var gone = new HashMap<Integer, Labels>();
            scene.series.forEach((ref, labels) -> {
                if (ref % 5 == 0) {
                    gone.put(ref, labels);
                }
            });
            index.remove(gone);

            var expected = new TreeSet<Integer>();
            scene.series.forEach((ref, labels) -> {
                if (ref % 5 != 0 && scene.matchers.stream().allMatch(matcher -> matches(matcher, labels))) {
                    expected.add(ref);
                }
            });
            assertThat(index.select(scene.matchers).toArray())
                    .as("%s", scene.matchers)
                    .containsExactly(expected.stream().mapToInt(i -> i).toArray());
        });
    }

    @Test
    void forgets_names_and_values_with_their_last_series() {
        var index = new LabelIndex();
        index.add(1, Labels.of("__name__", "a", "device", "sda"));
        index.add(2, Labels.of("__name__", "a", "device", "sdb"));

        index.remove(Map.of(1, Labels.of("__name__", "a", "device", "sda")));
        assertThat(index.values("device")).containsExactly("sdb");

        index.remove(Map.of(2, Labels.of("__name__", "a", "device", "sdb")));
        assertThat(index.names()).isEmpty();
    }

    @Test
    void series_share_the_texts_of_their_labels() {
        var index = new LabelIndex();
        Labels first = index.intern(Labels.of("__name__", String.valueOf(new char[] {'u', 'p'})));
        index.add(1, first);

        Labels second = index.intern(Labels.of("__name__", String.valueOf(new char[] {'u', 'p'})));

        assertThat(second.valueAt(0)).isSameAs(first.valueAt(0));
    }

    @Test
    void a_pattern_that_is_none_is_refused_in_words() {
        var index = new LabelIndex();

        assertThatThrownBy(() -> index.select(List.of(new Matcher("a", Kind.MATCHES, "eth[0"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"eth[0\" is not a valid pattern");
    }

    @Test
    void a_pattern_too_large_is_refused_but_a_long_list_of_values_is_not() {
        var index = new LabelIndex();
        String list = "value-0123456789|".repeat(10_000);

        assertThat(index.select(List.of(new Matcher("a", Kind.MATCHES, list + "x")))
                        .size())
                .isZero();
        assertThatThrownBy(() -> index.select(List.of(new Matcher("a", Kind.MATCHES, list + ".?"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("too long");
    }

    @Test
    void repetitions_that_multiply_are_refused_before_they_fill_the_memory() {
        var index = new LabelIndex();

        for (String pattern :
                List.of("((x{1000}){1000}){1000}", "(([)]|x{2}){900}y\\)){900}", "(?:(?:\\x{41}{1,99}){99,}z){500}")) {
            assertThatThrownBy(() -> index.select(List.of(new Matcher("a", Kind.MATCHES, pattern))))
                    .as(pattern)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("repetitions");
        }
        assertThat(index.select(List.of(new Matcher("a", Kind.MATCHES, "(x{1000}|[0-9]{500}y){3}")))
                        .size())
                .isZero();
    }

    private record Scene(TreeMap<Integer, Labels> series, List<Matcher> matchers) {}

    private static Scene scene(SplittableRandom random) {
        var series = new TreeMap<Integer, Labels>();
        int ref = 0;
        for (int i = random.nextInt(60); i > 0; i--) {
            var labels = Labels.builder();
            NAMES.forEach(name -> labels.set(name, VALUES.get(random.nextInt(VALUES.size()))));
            ref += 1 + random.nextInt(3);
            series.put(ref, labels.build());
        }
        var matchers = new ArrayList<Matcher>();
        for (int i = random.nextInt(4); i > 0; i--) {
            Kind kind = KINDS.get(random.nextInt(KINDS.size()));
            boolean pattern = kind == Kind.MATCHES || kind == Kind.NOT_MATCHES;
            List<String> from = pattern ? PATTERNS : VALUES;
            String name = random.nextInt(10) == 0 ? "absent" : NAMES.get(random.nextInt(NAMES.size()));
            matchers.add(new Matcher(name, kind, from.get(random.nextInt(from.size()))));
        }
        return new Scene(series, matchers);
    }

    private static boolean matches(Matcher matcher, Labels labels) {
        String value = labels.get(matcher.label());
        return switch (matcher.kind()) {
            case EQUAL -> value.equals(matcher.value());
            case NOT_EQUAL -> !value.equals(matcher.value());
            case MATCHES -> value.matches("(?s:" + matcher.value() + ")");
            case NOT_MATCHES -> !value.matches("(?s:" + matcher.value() + ")");
        };
    }
}
