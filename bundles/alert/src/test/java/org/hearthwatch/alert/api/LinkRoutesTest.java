package org.hearthwatch.alert.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.alert.delivery.ChannelBook;
import org.hearthwatch.alert.held.HeldAlert;
import org.hearthwatch.alert.notify.TestTimers;
import org.hearthwatch.api.audit.AuditEvent;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.testkit.FakeExchange;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkRoutesTest {

    private static final Labels DOWN = Labels.of("alertname", "Down", "instance", "<nas>");

    @TempDir
    private Path folder;

    private final TestClock clock = TestClock.atStart();
    private final TestTimers timers = new TestTimers(clock);
    private final SignedLinks links = new SignedLinks(new byte[32], "https://watch.home", Duration.ofHours(1), clock);
    private final List<AuditEvent> audit = new ArrayList<>();
    private Desk desk;
    private LinkRoutes routes;

    @BeforeEach
    void open() {
        desk = new Desk(
                folder,
                "route: {receiver: a}\nreceivers: [{name: a}]\n",
                clock,
                timers,
                timers::executor,
                new ChannelBook());
        routes = new LinkRoutes(
                () -> links,
                desk.switchboard,
                desk.switchboard.silences(),
                () -> Optional.of(event -> {
                    audit.add(event);
                    return audit.size();
                }),
                clock);
        desk.switchboard.post(List.of(new HeldAlert(
                DOWN,
                Map.of("summary", "<script>"),
                clock.instant(),
                clock.instant().plusSeconds(86_400),
                "",
                clock.instant(),
                false)));
    }

    private static String path(Optional<URI> link) {
        return link.orElseThrow().getPath();
    }

    @Test
    void looking_at_a_link_changes_nothing_and_escapes_what_it_shows() throws Exception {
        FakeExchange page = FakeExchange.get(path(links.acknowledge(DOWN))).answeredBy(routes);

        assertThat(page.text())
                .contains("&lt;script&gt;", "<form method=\"post\">")
                .doesNotContain("<script>");
        assertThat(page.answeredHeader("Cache-Control")).isEqualTo("no-store");
        assertThat(desk.switchboard.alerts().get(0).acknowledgement()).isEmpty();
        assertThat(audit).isEmpty();
    }

    @Test
    void pressing_the_button_acknowledges_or_silences_that_alert_and_is_recorded() throws Exception {
        FakeExchange.post(path(links.acknowledge(DOWN))).answeredBy(routes);
        FakeExchange.post(path(links.silence(DOWN))).with("for", "4h").answeredBy(routes);

        assertThat(desk.switchboard.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.acknowledgement()).isPresent();
            assertThat(alert.silencedBy()).hasSize(1);
        });
        assertThat(desk.switchboard.silences().list())
                .singleElement()
                .satisfies(silence ->
                        assertThat(silence.endsAt()).isEqualTo(clock.instant().plus(Duration.ofHours(4))));
        assertThat(audit).extracting(AuditEvent::action).containsExactly("alerts:acknowledge", "alerts:silence");
    }

    @Test
    void a_link_that_was_changed_or_is_over_is_of_no_use() {
        String path = path(links.acknowledge(DOWN));
        List<String> forged = List.of(
                path.replace("acknowledge", "silence"),
                path.substring(0, path.length() - 1) + (path.endsWith("A") ? "B" : "A"),
                path.replaceFirst("-[0-9a-f]{16}-", "-0000000000000000-"),
                "/alert-link/x");
        for (String each : forged) {
            assertThatThrownBy(() -> FakeExchange.post(each).answeredBy(routes))
                    .isInstanceOfSatisfying(
                            HttpProblem.class,
                            problem -> assertThat(problem.status()).isEqualTo(404));
        }
        clock.advance(Duration.ofHours(1));
        assertThatThrownBy(() -> FakeExchange.post(path).answeredBy(routes)).isInstanceOf(HttpProblem.class);
        assertThat(audit).isEmpty();
    }

    @Test
    void there_are_no_links_without_an_address_that_people_reach() {
        assertThat(new SignedLinks(new byte[32], "", Duration.ofHours(1), clock).acknowledge(DOWN))
                .isEmpty();
    }
}
