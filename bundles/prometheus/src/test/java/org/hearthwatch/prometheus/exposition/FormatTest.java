package org.hearthwatch.prometheus.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                                                 | TEXT",
                "*/*                                                                | TEXT",
                "text/html                                                          | TEXT",
                "text/plain;version=0.0.4                                           | TEXT",
                "application/openmetrics-text                                       | OPEN_METRICS",
                "Application/OpenMetrics-Text; version=1.0.0                        | OPEN_METRICS",
                "application/openmetrics-text;q=0.3, text/plain;q=0.5               | TEXT",
                "application/openmetrics-text;q=0.5, text/plain;q=0.5               | TEXT",
                "application/openmetrics-text;q=0, */*;q=0.1                        | TEXT",
                "application/openmetrics-text;q=nonsense                            | TEXT",
                "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                        + "application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;q=0.4,"
                        + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2                     | OPEN_METRICS",
            })
    void the_preferred_format_is_chosen(String accept, Format chosen) {
        assertThat(Format.accepted(accept)).isEqualTo(chosen);
    }
}
