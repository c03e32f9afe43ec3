package org.hearthwatch.prometheus.intern;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.hearthwatch.api.metric.Labels;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SeriesCacheTest {

    private final SeriesCache cache = new SeriesCache(100, 100_000);

    private @Nullable Labels find(String owner, String key) {
        byte[] bytes = ("#" + key + "#").getBytes(StandardCharsets.UTF_8);
        int end = bytes.length - 1;
        return cache.find(owner, SeriesCache.hash(bytes, 1, end), bytes, 1, end);
    }

    private void remember(String owner, String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        int hash = SeriesCache.hash(bytes, 0, bytes.length);
        cache.remember(owner, hash, bytes, 0, bytes.length, Labels.of("owner", owner, "key", key));
    }

    @Test
    void what_was_remembered_is_found_by_its_bytes_wherever_they_stand() {
        remember("me", "some series of more than eight bytes");
        assertThat(find("me", "some series of more than eight bytes"))
                .isEqualTo(Labels.of("owner", "me", "key", "some series of more than eight bytes"));
        assertThat(find("me", "some series of more than eight bytez")).isNull();
        assertThat(find("me", "some series")).isNull();
    }

    @Test
    void the_same_bytes_of_another_owner_are_not_found() {
        remember("me", "series");
        assertThat(find("you", "series")).isNull();
    }

    @Test
    void however_much_is_remembered_it_stays_within_its_bounds() {
        for (int i = 0; i < 10_000; i++) {
            remember("me", "series " + i);
            assertThat(find("me", "series " + i)).isNotNull();
            assertThat(cache.bytes()).isBetween(1L, 100_000L);
        }
        for (int i = 0; i < 1000; i++) {
            remember("me", "x".repeat(4000) + i);
            assertThat(cache.bytes()).isBetween(0L, 100_000L);
        }
    }

    @Test
    void what_is_very_long_is_not_remembered() {
        remember("me", "x".repeat(5000));
        assertThat(find("me", "x".repeat(5000))).isNull();
    }
}
