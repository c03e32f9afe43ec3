package org.hearthwatch.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordedAnswersTest {

    @ParameterizedTest
    @MethodSource("recordings")
    void the_answer_is_that_of_prometheus(Recording recording) throws Exception {
        var ours = recording.ours();

        assertThat(ours.status()).as(ours.text()).isEqualTo(recording.status());
        if (recording.body().startsWith("{")) {
            assertThat(JsonTree.of(ours.text())).isEqualTo(JsonTree.of(recording.body()));
        } else {
            assertThat(ours.text().strip()).isEqualTo(recording.body());
        }
    }

    static List<Recording> recordings() throws IOException {
        return Recording.all();
    }
}
