package org.hearthwatch.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.hearthwatch.api.web.HttpProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {

    @Test
    void splits_and_decodes() throws Exception {
        assertThat(RequestPath.segments("/")).containsExactly("");
        assertThat(RequestPath.segments("/a/b%20c/")).containsExactly("a", "b c", "");
        assertThat(RequestPath.segments("/api/v1/label/__name__/values"))
                .containsExactly("api", "v1", "label", "__name__", "values");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "//a",
                "/a//b",
                "/a/../b",
                "/a/./b",
                "/..",
                "/%2e%2e/a",
                "/a/.%2E/b",
                "/..;/a",
                "/a;jsessionid=1",
                "/a%2fb",
                "/a%2Fb",
                "/a%5cb",
                "/a\\b",
                "/a%00b",
                "/a%0d%0ab",
                "/a%",
                "/a%2",
                "/a%zz",
                "/%c0%ae%c0%ae/a",
                "/%ff",
                "/é",
                "/a b"
            })
    void refuses_what_two_readers_may_read_differently(String path) {
        assertThatThrownBy(() -> RequestPath.segments(path))
                .isInstanceOfSatisfying(
                        HttpProblem.class,
                        problem -> assertThat(problem.status()).isEqualTo(400));
    }
}
