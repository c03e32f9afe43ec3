package org.hearthwatch.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "4096, 4096",
        "4096B, 4096",
        "64KiB, 65536",
        "64kb, 65536",
        "512 MB, 536870912",
        "2GB, 2147483648",
        "1T, 1099511627776",
    })
    void sizes_are_read(String text, long bytes) {
        assertThat(ByteSize.parse(text).bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MB", "-1", "1.5GB", "1 XB", "99999999999999999999", "9999999999TB"})
    void what_is_no_size_is_refused_with_what_is(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ByteSize.parse(text))
                .withMessageContaining(ByteSize.ALLOWED);
    }

    @ParameterizedTest
    @CsvSource({"0, 0B", "1023, 1023B", "1536, 1.5KB", "536870912, 512MB", "2147483648, 2GB"})
    void sizes_are_written_for_people(long bytes, String text) {
        assertThat(new ByteSize(bytes)).hasToString(text);
    }

    @Test
    void a_size_is_never_negative() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ByteSize(-1));
    }
}
