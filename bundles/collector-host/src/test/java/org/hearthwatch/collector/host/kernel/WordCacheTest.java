package org.hearthwatch.collector.host.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordCacheTest {

    private final List<String> created = new ArrayList<>();
    private final WordCache<String> cache = new WordCache<>(100, word -> {
        created.add(word);
        return "<" + word + ">";
    });

    @Test
    void a_known_word_is_not_made_again() {
        assertThat(look("eth0")).isEqualTo("<eth0>");
        assertThat(look("eth0")).isEqualTo("<eth0>");

        assertThat(created).containsExactly("eth0");
    }

    @Test
    void words_of_one_hash_are_kept_apart() {
        // "Aa" and "BB" have the same hash.
        assertThat(look("Aa")).isEqualTo("<Aa>");
        assertThat(look("BB")).isEqualTo("<BB>");
        assertThat(look("Aa")).isEqualTo("<Aa>");
    }

    @Test
    void forgets_everything_at_its_limit_and_goes_on() {
        for (int i = 0; i < 1000; i++) {
            assertThat(look("veth" + i)).isEqualTo("<veth" + i + ">");
        }
        created.clear();

        look("veth999");
        look("veth0");

        assertThat(created).containsExactly("veth0");
    }

    private String look(String word) {
        KernelText text = KernelText.of(word);
        text.nextLine();
        text.nextWord();
        return cache.of(text);
    }
}
