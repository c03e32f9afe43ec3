package org.hearthwatch.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigsTest {

    @interface Sample {
        String directory();

        int depth() default 3;
    }

    @Test
    void a_setting_not_named_has_its_default() {
        Sample sample = Configs.of(Sample.class, Map.of("directory", "/tmp"));

        assertThat(sample.directory()).isEqualTo("/tmp");
        assertThat(sample.depth()).isEqualTo(3);
    }

    @Test
    void a_missing_and_an_unknown_setting_are_named() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Configs.defaults(Sample.class))
                .withMessageContaining("directory");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Configs.of(Sample.class, Map.of("directory", "/tmp", "deepth", 4)))
                .withMessageContaining("deepth");
    }
}
