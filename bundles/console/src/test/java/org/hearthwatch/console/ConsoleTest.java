package org.hearthwatch.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.testkit.FakeExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleTest {

    private static final Pattern ASSET = Pattern.compile("/(assets/[A-Za-z0-9_.-]+\\.js)");

    private final Console console = built();

    @Test
    void serves_the_page_to_everyone_and_lets_browsers_ask_again() throws Exception {
        FakeExchange page = get("/");

        assertThat(console.routes()).singleElement().extracting(Route::guard).isEqualTo(Guard.open());
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.answeredHeader("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.answeredHeader("Cache-Control")).isEqualTo("no-cache");
        assertThat(text(page)).contains("<title>Hearthwatch</title>");
    }

    @Test
    void serves_assets_that_browsers_may_keep_for_good() throws Exception {
        FakeExchange script = get("/" + scriptOfThePage());

        assertThat(script.status()).isEqualTo(200);
        assertThat(script.answeredHeader("Content-Type")).isEqualTo("text/javascript; charset=utf-8");
        assertThat(script.answeredHeader("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
    }

    @Test
    void says_not_modified_to_a_browser_that_has_the_file() throws Exception {
        String etag = get("/").answeredHeader("ETag");

        FakeExchange again = get("/", Map.of("If-None-Match", "\"other\", W/" + etag));

        assertThat(again.status()).isEqualTo(304);
        assertThat(again.bytes()).isEmpty();
        assertThat(get("/", Map.of("If-None-Match", "\"other\"")).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/setup",
                "/sign-in",
                "/hosts",
                "/hosts/my.host",
                "/health",
                "/plugins",
                "/alerts",
                "/alerts/rule-files/house.yml",
                "/security/audit",
                "/settings",
                "/settings/tokens"
            })
    void gives_the_page_for_every_address_that_the_page_answers(String path) throws Exception {
        assertThat(get(path).bytes()).isEqualTo(get("/").bytes());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/hw/nothing",
                "/metrics2",
                "/favicon.ico",
                "/assets/none.js",
                "/files.txt",
                "/../web/index.html",
                "//",
                "/hostsandmore"
            })
    void says_what_is_not_there(String path) {
        assertThatThrownBy(() -> get(path))
                .isInstanceOfSatisfying(
                        HttpProblem.class,
                        problem -> assertThat(problem.status()).isEqualTo(404))
                .hasMessageContaining(path);
    }

    @Test
    void needs_no_inline_script_or_style_and_no_other_host() throws Exception {
        String page = text(get("/"));
        String script = text(get("/" + scriptOfThePage()));

        assertThat(page)
                .doesNotContainPattern("<script(?![^>]* src=)[^>]*>")
                .doesNotContain("<style", " style=", "//cdn");
        assertThat(page + script).doesNotContainPattern("(src|href)=\"(https?:)?//");
    }

    @Test
    void keeps_the_first_load_under_250_kilobytes_compressed() throws Exception {
        long total = 0;
        Matcher links = Pattern.compile("(?:src|href)=\"(/[^\"]+)\"").matcher(text(get("/")));
        while (links.find()) {
            total += gzipped(get(links.group(1)).bytes());
        }

        assertThat(total).isPositive().isLessThan(250_000);
    }

    private String scriptOfThePage() throws Exception {
        Matcher asset = ASSET.matcher(text(get("/")));
        assertThat(asset.find()).isTrue();
        return asset.group(1);
    }

    private FakeExchange get(String path) throws Exception {
        return get(path, Map.of());
    }

    private FakeExchange get(String path, Map<String, String> headers) throws Exception {
        var exchange = FakeExchange.get(path);
        headers.forEach(exchange::withHeader);
        return exchange.answeredBy(console);
    }

    private static String text(FakeExchange exchange) {
        return exchange.text();
    }

    private static long gzipped(byte[] content) throws IOException {
        var out = new java.io.ByteArrayOutputStream();
        try (var gzip = new java.util.zip.GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return out.size();
    }

    private static Console built() {
        try {
            return new Console();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
