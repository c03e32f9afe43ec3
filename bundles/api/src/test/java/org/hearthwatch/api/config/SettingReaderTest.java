package org.hearthwatch.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hearthwatch.api.secret.SecretRef;
import org.junit.jupiter.api.Test;

class SettingReaderTest {

    private enum Colour {
        RED,
        GREEN
    }

    private final SettingReader reader = new SettingReader("org.hearthwatch.shop~one");

    @Test
    void bounds_belong_to_what_is_allowed() {
        Duration least = Duration.ofSeconds(1);
        Duration most = Duration.ofMinutes(5);

        assertThat(reader.duration("patience", "1s", least, most)).isEqualTo(least);
        assertThat(reader.duration("patience", "5m", least, most)).isEqualTo(most);
        assertThat(reader.bytes("room", "1KB", 1024, Long.MAX_VALUE)).isEqualTo(1024);
        assertThat(reader.count("doors", " 7 ", 1, 7)).isEqualTo(7);
        assertThat(reader.count("doors", 1, 1, 7)).isEqualTo(1);
    }

    @Test
    void a_refusal_names_file_setting_value_and_what_is_allowed() {
        assertThatThrownBy(() -> reader.duration("patience", "6m", Duration.ofSeconds(1), Duration.ofMinutes(5)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("etc/org.hearthwatch.shop-one.cfg: patience = 6m is not allowed; it takes "
                        + HumanDuration.ALLOWED + ", from 1s to 5m");
        assertThatThrownBy(() -> reader.bytes("room", "2MB", 0, 1024)).hasMessageContaining("from 0B to 1KB");
        assertThatThrownBy(() -> reader.bytes("room", "much", 0, Long.MAX_VALUE))
                .hasMessageContaining("room = much")
                .hasMessageEndingWith("from 0B");
        assertThatThrownBy(() -> reader.count("doors", "many", 1, 7))
                .hasMessageEndingWith("a whole number from 1 to 7");
        assertThatThrownBy(() -> reader.count("doors", 8, 1, 7)).hasMessageContaining("doors = 8");
        assertThatThrownBy(() -> reader.truth("open", "yes")).hasMessageEndingWith("true or false");
        assertThatThrownBy(() -> reader.word("colour", "RED", Colour.class)).hasMessageEndingWith("one of red, green");
    }

    @Test
    void words_are_written_small() {
        assertThat(reader.word("colour", " green ", Colour.class)).isEqualTo(Colour.GREEN);
        assertThat(reader.truth("open", "true")).isTrue();
    }

    @Test
    void a_secret_that_stands_where_a_reference_belongs_is_not_repeated() {
        assertThat(reader.reference("token", "")).isEmpty();
        assertThat(reader.reference("token", " secret:shop/token ")).contains(SecretRef.parse("secret:shop/token"));
        assertThatThrownBy(() -> reader.reference("token", "hunter2"))
                .hasMessageContaining("token = ***")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void a_list_names_the_one_that_is_wrong() {
        assertThat(reader.list("sizes", "1, 2,,3 ", Integer::valueOf)).containsExactly(1, 2, 3);
        assertThatThrownBy(() -> reader.list("sizes", "1, two", Integer::valueOf))
                .hasMessageContaining("sizes = two is not allowed");
    }

    @Test
    void a_refusal_from_within_a_list_is_not_wrapped_in_another() {
        assertThatThrownBy(() -> reader.list("folders", "/a, b", folder -> reader.path("folders", folder)))
                .hasMessage("etc/org.hearthwatch.shop-one.cfg: folders = b is not allowed; it takes an absolute path");
    }

    @Test
    void a_path_is_absolute() {
        assertThat(reader.path("folder", " /srv/shop ")).isEqualTo(Path.of("/srv/shop"));
        assertThatThrownBy(() -> reader.path("folder", "shop")).hasMessageContaining("folder = shop is not allowed");
        assertThatThrownBy(() -> reader.path("folder", "/a\0b")).isInstanceOf(InvalidSettingException.class);
    }

    @Test
    void an_address_is_on_the_web_and_without_a_password() {
        assertThat(reader.address("url", " https://shop.home/a ", "an address"))
                .isEqualTo(URI.create("https://shop.home/a"));
        for (String wrong :
                List.of("", "shop.home", "ftp://shop.home", "http:///a", "http://a b", "http://me:pw@shop")) {
            assertThatThrownBy(() -> reader.address("url", wrong, "an address"))
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessageEndingWith("it takes an address")
                    .hasMessageNotContaining("pw");
        }
    }

    @Test
    void pairs_keep_their_order_and_have_names() {
        assertThat(reader.pairs("labels", "b = 1, a==2,,", '=', "pairs"))
                .containsExactly(Map.entry("b", "1"), Map.entry("a", "=2"));
        assertThatThrownBy(() -> reader.pairs("labels", "a=1,=2", '=', "pairs")).hasMessageEndingWith("it takes pairs");
        assertThatThrownBy(() -> reader.pairs("labels", "a", '=', "pairs")).hasMessageContaining("labels = a");
    }

    @Test
    void headers_are_none_of_those_we_set_and_begin_no_second_line() {
        assertThat(reader.headers("headers", "X-Scope-OrgID: home", Set.of("host")))
                .containsExactly(Map.entry("X-Scope-OrgID", "home"));
        for (String wrong : List.of("Host: other", "X Y: 1", "X: a\r\nHost: b")) {
            assertThatThrownBy(() -> reader.headers("headers", wrong, Set.of("host")))
                    .isInstanceOf(InvalidSettingException.class);
        }
    }
}
