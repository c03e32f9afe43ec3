package org.hearthwatch.http;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.hearthwatch.api.net.AddressRange;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourcesTest {

    private final Sources sources = new Sources(range("192.168.1.0/24"), range("10.0.0.9"), range("fd00::/8"));

    @ParameterizedTest
    @CsvSource({
        "/api/hw/status, 192.168.1.7, 10.0.0.9",
        "/metrics, 10.0.0.9, 192.168.1.7",
        "/federate, 10.0.0.9, 192.168.1.7",
        "/api/v1/write, [fd00:0:0:0:0:0:0:1], 192.168.1.7",
        "/api/v1/otlp/v1/metrics, fd00::1, 10.0.0.9",
        "/v1/metrics, fd00::1%eth0, 10.0.0.9"
    })
    void each_kind_of_request_has_its_own_sources(String path, String allowed, String refused) {
        assertThatCode(() -> sources.check(route(path), allowed)).doesNotThrowAnyException();
        assertThatThrownBy(() -> sources.check(route(path), refused))
                .isInstanceOfSatisfying(
                        HttpProblem.class,
                        problem -> org.assertj.core.api.Assertions.assertThat(problem.status())
                                .isEqualTo(403));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "[0:0:0:0:0:0:0:1]", "::1"})
    void this_machine_is_never_kept_out(String here) {
        assertThatCode(() -> sources.check(route("/metrics"), here)).doesNotThrowAnyException();
    }

    @Test
    void without_a_list_everybody_may_ask() {
        assertThatCode(() -> Sources.ANY.check(route("/metrics"), "203.0.113.9"))
                .doesNotThrowAnyException();
    }

    private static List<AddressRange> range(String text) {
        return List.of(AddressRange.parse(text));
    }

    private static Route route(String path) {
        return Route.get(path, Guard.open(), exchange -> {});
    }
}
