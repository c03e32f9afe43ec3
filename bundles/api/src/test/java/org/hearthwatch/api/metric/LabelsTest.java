package org.hearthwatch.api.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LabelsTest {

    private static final Labels LOAD = Labels.of("job", "node", "__name__", "node_load1", "instance", "nas");

    @Test
    void labels_are_sorted_by_name() {
        assertThat(LOAD.nameAt(0)).isEqualTo("__name__");
        assertThat(LOAD.nameAt(2)).isEqualTo("job");
        assertThat(LOAD.valueAt(1)).isEqualTo("nas");
    }

    @Test
    void the_order_they_are_given_in_does_not_matter() {
        var other = Labels.of("instance", "nas", "job", "node", "__name__", "node_load1");

        assertThat(other).isEqualTo(LOAD).hasSameHashCodeAs(LOAD).isEqualByComparingTo(LOAD);
    }

    @Test
    void an_empty_value_is_no_label() {
        assertThat(Labels.of("a", "", "b", "1")).isEqualTo(Labels.of("b", "1"));
        assertThat(LOAD.with("job", "").has("job")).isFalse();
        assertThat(LOAD.get("missing")).isEmpty();
        assertThat(Labels.of("a", "")).isSameAs(Labels.EMPTY);
    }

    @Test
    void odd_numbers_empty_names_and_doubles_are_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Labels.of("a"));
        assertThatIllegalArgumentException().isThrownBy(() -> Labels.of("", "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> Labels.of("a", "1", "a", "2"));
    }

    @Test
    void those_in_order_are_taken_as_they_are_and_others_refused() {
        assertThat(Labels.ofSorted(new String[] {"__name__", "node_load1", "instance", "nas", "job", "node"}))
                .isEqualTo(LOAD)
                .hasSameHashCodeAs(LOAD);
        assertThat(Labels.ofSorted(new String[] {})).isSameAs(Labels.EMPTY);
        for (String[] wrong :
                new String[][] {{"b", "1", "a", "2"}, {"a", "1", "a", "2"}, {"a", ""}, {"", "x"}, {"a"}}) {
            assertThatIllegalArgumentException().isThrownBy(() -> Labels.ofSorted(wrong));
        }
    }

    @Test
    void a_copy_can_gain_lose_and_keep_labels() {
        assertThat(LOAD.with("core", "0").without("job", "instance"))
                .isEqualTo(Labels.of("__name__", "node_load1", "core", "0"));
        assertThat(LOAD.only(List.of("job", "other"))).isEqualTo(Labels.of("job", "node"));
        assertThat(LOAD.size()).isEqualTo(3);
    }

    @Test
    void they_are_written_as_in_promql() {
        assertThat(LOAD).hasToString("node_load1{instance=\"nas\", job=\"node\"}");
        assertThat(Labels.of("path", "C:\\a \"b\"\n")).hasToString("{path=\"C:\\\\a \\\"b\\\"\\n\"}");
    }

    @Test
    void they_behave_as_a_map_would() {
        var random = new SplittableRandom(17);
        for (int i = 0; i < 500; i++) {
            Map<String, String> map = new HashMap<>();
            for (int label = random.nextInt(8); label > 0; label--) {
                map.put("n" + random.nextInt(10), "v" + random.nextInt(10));
            }
            var labels = Labels.of(map);

            assertThat(labels.asMap()).isEqualTo(map);
            assertThat(labels).isEqualTo(Labels.of(new HashMap<>(map)));
            for (int name = 0; name < 10; name++) {
                assertThat(labels.get("n" + name)).isEqualTo(map.getOrDefault("n" + name, ""));
            }
        }
    }
}
