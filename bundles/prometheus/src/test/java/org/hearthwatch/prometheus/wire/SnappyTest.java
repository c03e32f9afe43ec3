package org.hearthwatch.prometheus.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.hearthwatch.testkit.ForAll;
import org.junit.jupiter.api.Test;

class SnappyTest {

    @Test
    void what_is_packed_unpacks_to_the_same() {
        ForAll.cases(300, SnappyTest::text).check(bytes -> {
            byte[] packed = Snappy.pack(bytes, 0, bytes.length);
            assertThat(Snappy.unpack(packed, 0, packed.length, bytes.length)).isEqualTo(bytes);
        });
    }

    @Test
    void what_repeats_takes_little() {
        byte[] text = "node_cpu_seconds_total{cpu=\"0\"}".repeat(1000).getBytes(StandardCharsets.UTF_8);
        assertThat(Snappy.pack(text, 0, text.length)).hasSizeLessThan(text.length / 10);
    }

    @Test
    void blocks_of_the_reference_implementation_are_read() throws Exception {
        // A literal, a copy with an offset of one byte, of two, and of four, as the format's description defines them.
        byte[] packed = {17, 3 << 2, 'a', 'b', 'c', 'd', 1 | 1 << 2, 4, 2 | 2 << 2, 4, 0, 3 | 4 << 2, 1, 0, 0, 0};
        assertThat(new String(Snappy.unpack(packed, 0, packed.length, 100), StandardCharsets.UTF_8))
                .isEqualTo("abcdabcdabcdccccc".substring(0, 4) + "abcda" + "bcd" + "ddddd");
    }

    @Test
    void more_than_is_allowed_or_possible_is_refused_before_room_is_made() {
        byte[] vast = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 7, 0, 0};
        assertThatThrownBy(() -> Snappy.unpack(vast, 0, vast.length, 1000))
                .hasMessage("snappy: decoded block is too large: 2147483647 bytes, 1000 are allowed");
        assertThatThrownBy(() -> Snappy.unpack(vast, 0, vast.length, Integer.MAX_VALUE))
                .hasMessage("snappy: corrupt input");
    }

    @Test
    void any_bytes_are_unpacked_or_refused_but_never_break_it() {
        ForAll.cases(5000, SnappyTest::damaged).check(bytes -> {
            try {
                Snappy.unpack(bytes, 0, bytes.length, 1 << 20);
            } catch (WireException e) {
                assertThat(e).hasMessageStartingWith("snappy: ");
            }
        });
    }

    private static byte[] text(SplittableRandom random) {
        byte[] bytes = new byte[random.nextInt(random.nextInt(10) == 0 ? 200_000 : 500)];
        int symbols = 1 + random.nextInt(256);
        for (int i = 0; i < bytes.length; i++) {
            boolean repeats = i > 70 && random.nextInt(4) > 0;
            bytes[i] = repeats ? bytes[i - 1 - random.nextInt(70)] : (byte) random.nextInt(symbols);
        }
        return bytes;
    }

    private static byte[] damaged(SplittableRandom random) {
        byte[] plain = text(random);
        byte[] bytes = Snappy.pack(plain, 0, plain.length);
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }
}
