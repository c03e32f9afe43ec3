package org.hearthwatch.itests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hearthwatch.itests.ConsoleBrowser.named;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The console's pages on who is told of alerts, on rules, and on what guards the house: what people do with them. */
class ConsoleHouseIT {

    private static final String TOKEN = "tk_canary_of_the_console";
    private static final String BROKEN =
            "groups:\n  - name: it\n    rules:\n      - alert: ConsoleIt\n        expr: (1\n";
    private static final String ALWAYS =
            "groups:\n  - name: it\n    interval: 1s\n    rules:\n      - alert: ConsoleIt\n        expr: vector(1)\n";

    /** From a saved rule to an alert on the screen: files are looked at, evaluated, and the page asks every few seconds. */
    private static final double UNTIL_FIRING = 60_000;

    @RegisterExtension
    static final Appliance appliance = Appliance.started();

    private final List<String> told = new CopyOnWriteArrayList<>();
    private HttpServer phone;

    @BeforeEach
    void answer_as_a_push_service_does() throws IOException {
        phone = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        phone.createContext("/", exchange -> {
            try (exchange) {
                told.add(exchange.getRequestHeaders().getFirst("Authorization")
                        + " "
                        + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                exchange.sendResponseHeaders(418, -1);
            }
        });
        phone.start();
    }

    @AfterEach
    void hang_up() {
        phone.stop(0);
    }

    @Test
    void a_channel_is_set_up_with_its_secret_in_the_vault_tested_and_removed() {
        appliance.await(
                "an open vault", () -> appliance.command("vault-status").out().contains("unsealed"));
        try (var browser = ConsoleBrowser.desktop(appliance, ColorScheme.LIGHT)) {
            browser.signIn();
            Page page = browser.open("/alerts/channels");
            page.getByRole(AriaRole.BUTTON, named("Set up a channel")).click();
            page.getByLabel("Phone, chat or webhook").check();
            page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("console-it");
            page.getByLabel("Kind", new Page.GetByLabelOptions().setExact(true)).selectOption("ntfy");
            page.getByLabel("Address", new Page.GetByLabelOptions().setExact(true))
                    .fill("http://127.0.0.1:" + phone.getAddress().getPort() + "/alerts");
            page.getByLabel("Token", new Page.GetByLabelOptions().setExact(true))
                    .fill(TOKEN);
            browser.press("Save");

            Locator card = page.getByRole(
                    AriaRole.LISTITEM, new Page.GetByRoleOptions().setName("everything/ntfy:console-it"));
            assertThat(card).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(30_000));
            String file = Appliance.read(appliance.etc().resolve("org.hearthwatch.notifier.webhook-console-it.cfg"));
            assertThat(file)
                    .contains("token = secret:channel/webhook/console-it/token")
                    .doesNotContain(TOKEN);

            page.getByRole(AriaRole.BUTTON, named("Test everything/ntfy:console-it"))
                    .click();
            assertThat(page.getByRole(AriaRole.DIALOG)).containsText("418");
            browser.picture("channel-test");
            assertThat(told).anyMatch(message -> message.startsWith("Bearer " + TOKEN));
            page.getByRole(AriaRole.DIALOG)
                    .getByText("Close", new Locator.GetByTextOptions().setExact(true))
                    .click();

            page.getByRole(AriaRole.BUTTON, named("Remove console-it")).click();
            browser.press("Remove");
            assertThat(card).hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(30_000));
        }
    }

    @Test
    void a_rule_is_written_corrected_tried_saved_fires_and_is_acknowledged() {
        try (var browser = ConsoleBrowser.desktop(appliance, ColorScheme.DARK)) {
            browser.signIn();
            Page page = browser.open("/alerts/rule-files/+new");
            page.getByLabel("File name").fill("console-it.yml");
            Locator editor = page.getByLabel("Rules of console-it.yml");
            editor.fill(BROKEN);
            assertThat(page.getByRole(AriaRole.BUTTON, named("Line 5"))).isVisible();
            assertThat(page.getByRole(AriaRole.BUTTON, named("Save"))).isDisabled();

            editor.fill(ALWAYS);
            assertThat(page.getByText("These rules can be used.")).isVisible();
            page.getByRole(AriaRole.BUTTON, named("Try it")).click();
            assertThat(page.getByRole(AriaRole.ARTICLE, new Page.GetByRoleOptions().setName("ConsoleIt")))
                    .containsText("would have fired once");
            browser.picture("rule-editor");
            page.getByRole(AriaRole.BUTTON, named("Save")).click();
            assertThat(page.getByText("Version 1")).isVisible();

            browser.open("/");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("ConsoleIt"))
                    .click(new Locator.ClickOptions().setTimeout(UNTIL_FIRING));
            page.getByRole(AriaRole.BUTTON, named("Acknowledge ConsoleIt")).click();
            browser.press("Acknowledge");
            assertThat(page.getByText("Acknowledged by " + Appliance.ADMIN)).isVisible();
            browser.picture("acknowledged");

            // What somebody looks after calls nobody any more.
            browser.open("/");
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Key charts")))
                    .isVisible();
            assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("ConsoleIt")))
                    .hasCount(0);

            browser.open("/alerts/rule-files");
            page.getByRole(AriaRole.BUTTON, named("Delete console-it.yml")).click();
            browser.press("Delete");
            assertThat(page.getByText("console-it.yml was deleted")).isVisible();
        }
    }

    @Test
    void a_secret_is_kept_and_never_shown_and_all_of_it_is_on_record() {
        appliance.await(
                "an open vault", () -> appliance.command("vault-status").out().contains("unsealed"));
        try (var browser = ConsoleBrowser.desktop(appliance, ColorScheme.LIGHT)) {
            browser.signIn();
            Page page = browser.open("/security/secrets");
            page.getByRole(AriaRole.BUTTON, named("Keep a secret")).click();
            page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("console/it");
            page.getByLabel("Value", new Page.GetByLabelOptions().setExact(true))
                    .fill(TOKEN);
            browser.press("Keep");
            assertThat(page.getByText("console/it is kept, version 1")).isVisible();
            assertThat(page.content()).doesNotContain(TOKEN);

            browser.open("/security/audit");
            page.getByLabel("Any word").fill("secrets/console/it");
            assertThat(page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("manage:secrets")))
                    .containsText(Appliance.ADMIN);
            page.getByRole(AriaRole.BUTTON, named("Verify")).click();
            assertThat(page.getByText("checkpoints are right")).isVisible();
            assertThat(page.content()).doesNotContain(TOKEN);
            browser.picture("audit");
        }
    }

    @Test
    void a_profile_shows_what_it_would_change_before_it_does() {
        try (var browser = ConsoleBrowser.phone(appliance)) {
            browser.signIn();
            Page page = browser.open("/security/profile");
            page.locator("input[value=high]").check();
            assertThat(page.getByText("What “High” would change")).isVisible();
            assertThat(page.getByRole(AriaRole.BUTTON, named("Change to “High”")))
                    .isVisible();
            assertThat(appliance.command("security-profile", "--json").out())
                    .contains("\"key\":\"egress\",\"now\":null");
        }
    }
}
