package org.hearthwatch.http.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.hearthwatch.api.config.SettingsForms;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.testkit.FakeExchange;
import org.junit.jupiter.api.Test;

class ChannelRoutesTest {

    private static final String MAIL = "org.hearthwatch.notifier.mail";

    private final FakeForms forms = new FakeForms();
    private final ChannelRoutes routes = new ChannelRoutes(() -> forms);

    @Test
    void a_channel_is_made_listed_with_its_form_and_deleted() throws Exception {
        assertThat(put("/api/hw/channels/mail/me", "{\"settings\":{\"to\":\"me@home\"}}")
                        .answeredBy(routes)
                        .status())
                .isEqualTo(204);
        assertThat(FakeExchange.get("/api/hw/channels").answeredBy(routes).text())
                .isEqualTo(
                        "{\"forms\":[{\"kind\":\"mail\",\"title\":\"Mail\",\"description\":\"\",\"fields\":[{\"key\":\"to\","
                                + "\"title\":\"To\",\"description\":\"\",\"usual\":\"\",\"options\":[],\"secret\":false}]}],"
                                + "\"channels\":[{\"kind\":\"mail\",\"name\":\"me\",\"settings\":{\"to\":\"me@home\"}}]}");
        assertThat(FakeExchange.delete("/api/hw/channels/mail/me")
                        .answeredBy(routes)
                        .status())
                .isEqualTo(204);
        refused(404, FakeExchange.delete("/api/hw/channels/mail/me"));
    }

    @Test
    void nothing_but_what_notifies_can_be_reached() throws Exception {
        refused(400, put("/api/hw/channels/x/y", "{\"settings\":{}}"));

        assertThat(forms.asked).containsOnly("org.hearthwatch.notifier.x");
        assertThat(FakeExchange.get("/api/hw/channels").answeredBy(routes).text())
                .doesNotContain("probe");
    }

    @Test
    void settings_must_be_given() {
        refused(400, put("/api/hw/channels/mail/me", "{}"));
    }

    private static FakeExchange put(String path, String body) {
        return FakeExchange.put(path)
                .withHeader("Content-Type", "application/json")
                .withBody(body.getBytes(StandardCharsets.UTF_8));
    }

    private void refused(int status, FakeExchange exchange) {
        assertThatExceptionOfType(HttpProblem.class)
                .isThrownBy(() -> exchange.answeredBy(routes))
                .satisfies(e -> assertThat(e.status()).isEqualTo(status));
    }

    /** Mailboxes in memory, and probes that are none of the routes' business. */
    private static final class FakeForms implements SettingsForms {

        private final List<Entry> entries = new ArrayList<>();
        private final List<String> asked = new ArrayList<>();

        @Override
        public List<Form> forms() {
            return List.of(
                    new Form("org.hearthwatch.probe", "Probe", "", List.of()),
                    new Form(MAIL, "Mail", "", List.of(new Field("to", "To", "", "", List.of(), false))));
        }

        @Override
        public List<Entry> entries(String pid) {
            return entries.stream().filter(entry -> entry.pid().equals(pid)).toList();
        }

        @Override
        public void write(Entry entry) {
            asked.add(entry.pid());
            if (!entry.pid().equals(MAIL)) {
                throw new IllegalArgumentException("No installed bundle has settings of the kind " + entry.pid());
            }
            entries.add(entry);
        }

        @Override
        public boolean delete(String pid, String name) {
            return entries.removeIf(entry -> entry.equals(new Entry(pid, name, entry.settings())));
        }
    }
}
