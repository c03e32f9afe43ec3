package org.hearthwatch.itests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hearthwatch.itests.ConsoleBrowser.named;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The console as people use it: in a browser. */
class ConsoleIT {

    private static final List<String> PAGES = List.of(
            "/",
            "/hosts",
            "/alerts",
            "/alerts/rules",
            "/alerts/rule-files",
            "/alerts/rule-files/+new",
            "/alerts/silences",
            "/alerts/routes",
            "/alerts/channels",
            "/alerts/log",
            "/health",
            "/plugins",
            "/security/promises",
            "/security/profile",
            "/security/secrets",
            "/security/audit",
            "/security/backups",
            "/settings/account",
            "/settings/users",
            "/settings/groups",
            "/settings/tokens",
            "/settings/ssh-keys",
            "/settings/sessions",
            "/settings/nowhere");

    /** Two measurements and a moment: what a rate needs. */
    private static final double UNTIL_MEASURED = 60_000;

    @RegisterExtension
    static final Appliance appliance = Appliance.started();

    @Test
    void a_newcomer_opens_the_printed_link_and_looks_at_charts_of_the_machine() {
        var noUnattendedSetup = Map.of("HEARTHWATCH_SETUP_USER", "", "HEARTHWATCH_SETUP_PASSWORD_FILE", "");
        try (var fresh = Appliance.inFreshHome(noUnattendedSetup).start();
                var browser = ConsoleBrowser.desktop(fresh, ColorScheme.LIGHT)) {
            var link = URI.create(Appliance.read(fresh.state().resolve("hearthwatch/access/setup-link"))
                    .strip());
            var page = browser.open(link.getPath() + "#" + link.getFragment());
            page.getByLabel("User name").fill("newcomer");
            page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true))
                    .fill("a long enough pass phrase");
            page.getByLabel("Password again").fill("a long enough pass phrase");
            browser.picture("setup");
            page.getByRole(AriaRole.BUTTON, named("Create administrator")).click();

            waitForCharts(page);
            assertThat(page).hasURL(fresh.uri("/").toString());
            assertThat(figure(page, "memory", "used")).isNotEqualTo("–");
        }
    }

    @Test
    void a_wrong_password_is_told_and_the_right_one_lets_in() {
        try (var browser = ConsoleBrowser.desktop(appliance, ColorScheme.LIGHT)) {
            var page = browser.open("/health");
            page.getByLabel("User name").fill(Appliance.ADMIN);
            page.getByLabel("Password").fill("not the password");
            page.getByRole(AriaRole.BUTTON, named("Sign in")).click();
            assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
            browser.picture("sign-in");
            browser.forgive("401");

            page.getByLabel("Password").fill(appliance.password());
            page.getByRole(AriaRole.BUTTON, named("Sign in")).click();

            assertThat(page.getByRole(AriaRole.HEADING, named("Health"))).isVisible();
        }
    }

    @Test
    void charts_go_on_by_themselves_and_stop_when_paused() {
        try (var browser = ConsoleBrowser.desktop(appliance, ColorScheme.DARK)) {
            var page = browser.signIn();
            openHost(browser);
            var switches = card(page, "system-switches");
            switches.scrollIntoViewIfNeeded();
            var value = switches.locator(".legend .num").first();
            assertThat(value).not().hasText("–", new LocatorAssertions.HasTextOptions().setTimeout(UNTIL_MEASURED));
            var before = value.textContent();

            assertThat(value).not().hasText(before, new LocatorAssertions.HasTextOptions().setTimeout(UNTIL_MEASURED));

            assertThat(page.locator(".live.live")).containsText("Live");
            assertThat(page.getByText("polling")).hasCount(0);
            page.keyboard().press("l");
            assertThat(page.locator(".live.paused")).containsText("Paused");
        }
    }

    @Test
    void charts_go_on_by_asking_when_the_stream_does_not_work() {
        try (var browser = ConsoleBrowser.desktop(appliance, ColorScheme.LIGHT)) {
            browser.page()
                    .route(
                            Pattern.compile("/api/hw/live"),
                            route -> route.fulfill(new Route.FulfillOptions().setStatus(503)));
            var page = browser.signIn();
            waitForCharts(page);
            assertThat(page.getByText("polling")).isVisible();
            var value = card(page, "load").locator(".legend .num").first();
            var before = value.textContent();

            assertThat(value).not().hasText(before, new LocatorAssertions.HasTextOptions().setTimeout(UNTIL_MEASURED));
            browser.forgive("503");
        }
    }

    @Test
    void dragging_zooms_all_charts_and_a_double_click_goes_back() {
        try (var browser = ConsoleBrowser.desktop(appliance, ColorScheme.LIGHT)) {
            var page = browser.signIn();
            waitForCharts(page);
            var plot = card(page, "memory").locator(".u-over").boundingBox();
            double y = plot.y + plot.height / 2;
            page.mouse().move(plot.x + plot.width * 0.7, y);
            page.mouse().down();
            page.mouse().move(plot.x + plot.width * 0.8, y);
            page.mouse().move(plot.x + plot.width * 0.95, y);
            page.mouse().up();

            assertThat(page).hasURL(Pattern.compile("\\?from=\\d+&to=\\d+$"));
            assertThat(page.locator(".live.history")).containsText("History");
            browser.picture("zoomed");

            card(page, "memory").locator(".area").dblclick();
            assertThat(page).hasURL(appliance.uri("/").toString());
            assertThat(page.locator(".live.live")).isVisible();
        }
    }

    @Test
    void the_keyboard_reaches_pages_time_and_help() {
        try (var browser = ConsoleBrowser.desktop(appliance, ColorScheme.DARK)) {
            browser.signIn();
            var page = browser.open("/?range=1h");
            page.locator("header.top").waitFor();
            page.keyboard().press("g");
            page.keyboard().press("h");
            assertThat(page).hasURL(Pattern.compile("/hosts/[^/?]+\\?range=1h$"));
            page.keyboard().press("-");
            assertThat(page).hasURL(Pattern.compile("\\?range=2h$"));
            page.keyboard().press("[");
            assertThat(page).hasURL(Pattern.compile("\\?from="));
            page.keyboard().press("n");
            assertThat(page).hasURL(Pattern.compile("\\?range=2h$"));
            page.keyboard().press("?");
            assertThat(page.getByRole(AriaRole.DIALOG)).containsText("Keyboard shortcuts");
            page.keyboard().press("Escape");
            page.keyboard().press("Control+k");
            page.keyboard().type("plug");
            browser.picture("palette");
            page.keyboard().press("Enter");
            assertThat(page.getByRole(AriaRole.HEADING, named("Plugins"))).isVisible();
        }
    }

    @Test
    void a_chart_shows_its_query_and_its_numbers() {
        try (var browser = ConsoleBrowser.desktop(appliance, ColorScheme.LIGHT)) {
            var page = browser.signIn();
            waitForCharts(page);
            chooseFromMenu(page, "memory", "Show query");
            assertThat(page.getByRole(AriaRole.DIALOG)).containsText("node_memory_MemFree_bytes{instance=\"");
            page.keyboard().press("Escape");
            chooseFromMenu(page, "memory", "Show as table");
            assertThat(page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.ROW))
                    .not()
                    .hasCount(0);
            assertThat(page.getByRole(AriaRole.DIALOG).locator("td").first()).containsText("B");
            browser.picture("table");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void every_page_is_whole_in_both_themes_and_without_serious_barriers(ColorScheme scheme) {
        var theme = scheme == ColorScheme.DARK ? "dark" : "light";
        try (var browser = ConsoleBrowser.desktop(appliance, scheme)) {
            assertThat(barriers(browser, "/")).as("sign-in").isEmpty();
            var page = browser.signIn();
            assertThat(page.locator("html")).hasAttribute("data-theme", theme);
            waitForCharts(page);
            for (var path : PAGES) {
                assertThat(barriers(browser, path)).as(path).isEmpty();
                assertThat(browser.overflow()).as("sideways scroll of " + path).isZero();
                browser.picture(name(path) + "-" + theme);
            }
        }
    }

    @Test
    void every_page_fits_a_small_phone() {
        try (var browser = ConsoleBrowser.phone(appliance)) {
            var page = browser.signIn();
            waitForCharts(page);
            for (var path : PAGES) {
                assertThat(barriers(browser, path)).as(path).isEmpty();
                assertThat(browser.overflow()).as("sideways scroll of " + path).isZero();
                assertThat(page.locator("nav.bottom")).isVisible();
                browser.picture(name(path) + "-phone");
            }
        }
    }

    @Test
    void the_theme_can_be_chosen_and_is_remembered() {
        try (var browser = ConsoleBrowser.desktop(appliance, ColorScheme.LIGHT)) {
            var page = browser.signIn();
            page.getByRole(AriaRole.BUTTON, named("Theme")).click();
            page.getByRole(AriaRole.MENUITEMRADIO, named("Dark")).click();
            assertThat(page.locator("html")).hasAttribute("data-theme", "dark");

            page.reload();

            assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        }
    }

    @Test
    void a_plugin_appears_is_approved_and_removed() throws IOException {
        try (var browser = ConsoleBrowser.desktop(appliance, ColorScheme.LIGHT)) {
            var page = browser.signIn();
            page.getByRole(AriaRole.LINK, named("Plugins")).click();
            drop("console-it-plugin.jar", "Console test plugin");
            var card = page.locator("li.card").filter(new Locator.FilterOptions().setHasText("Console test plugin"));
            assertThat(card)
                    .containsText(
                            "Waiting for approval", new LocatorAssertions.ContainsTextOptions().setTimeout(15_000));

            card.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Approve"))
                    .click();
            browser.picture("plugin-approve");
            browser.press("Approve");
            assertThat(card).containsText("Running", new LocatorAssertions.ContainsTextOptions().setTimeout(15_000));

            card.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Remove"))
                    .click();
            browser.press("Remove");
            assertThat(card).hasCount(0);
        }
    }

    @Test
    void a_token_is_shown_once_works_and_is_revoked() {
        try (var browser = ConsoleBrowser.desktop(appliance, ColorScheme.DARK)) {
            browser.signIn();
            var page = browser.open("/settings/tokens");
            page.getByRole(AriaRole.BUTTON, named("Create token")).click();
            page.getByLabel("What is it for?").fill("browser-it");
            page.getByRole(AriaRole.DIALOG)
                    .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Create token"))
                    .click();
            var token = page.locator("dialog code").textContent();
            assertThat(token).startsWith("hwt_");
            browser.picture("token");
            assertThat(appliance.get("/api/hw/status", token).statusCode()).isEqualTo(200);
            page.getByRole(AriaRole.BUTTON, named("I have copied it")).click();
            assertThat(page.content()).doesNotContain(token);

            page.getByRole(AriaRole.BUTTON, named("Revoke browser-it")).click();
            browser.press("Revoke");
            assertThat(page.getByRole(AriaRole.BUTTON, named("Revoke browser-it")))
                    .hasCount(0);
            assertThat(appliance.get("/api/hw/status", token).statusCode()).isEqualTo(401);
        }
    }

    // ---- what people do

    private static void waitForCharts(Page page) {
        for (var chart : List.of("memory", "cpu")) {
            // Only what is on the screen is drawn; the card itself comes when it is known that the host has its
            // metrics.
            card(page, chart).waitFor(new Locator.WaitForOptions().setTimeout(UNTIL_MEASURED));
            card(page, chart).scrollIntoViewIfNeeded();
            assertThat(card(page, chart).locator("canvas"))
                    .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(UNTIL_MEASURED));
        }
        assertThat(card(page, "cpu").locator(".legend .num").first())
                .not()
                .hasText("–", new LocatorAssertions.HasTextOptions().setTimeout(UNTIL_MEASURED));
    }

    private static void openHost(ConsoleBrowser browser) {
        browser.page().getByRole(AriaRole.LINK, named("Hosts")).click();
        waitForCharts(browser.page());
    }

    private static Locator card(Page page, String chart) {
        return page.locator("#chart-" + chart);
    }

    private static String figure(Page page, String chart, String line) {
        return card(page, chart)
                .locator(".legend li")
                .filter(new Locator.FilterOptions().setHasText(line))
                .locator(".num")
                .textContent();
    }

    private static void chooseFromMenu(Page page, String chart, String choice) {
        card(page, chart).locator("header button").click();
        page.getByRole(AriaRole.MENUITEM, named(choice)).click();
    }

    private static List<String> barriers(ConsoleBrowser browser, String path) {
        var page = browser.open(path);
        page.locator("h1")
                .first()
                .waitFor(new Locator.WaitForOptions()
                        .setState(com.microsoft.playwright.options.WaitForSelectorState.ATTACHED));
        page.waitForFunction("""
                () => [...document.querySelectorAll('.skeleton')]
                  .every(element => element.getBoundingClientRect().top > innerHeight)
                """);
        return browser.seriousBarriers();
    }

    private static String name(String path) {
        return path.equals("/") ? "overview" : path.substring(1).replaceAll("[/+]+", "-");
    }

    /** Puts a bundle without code into the plugin folder, in one move as the documentation says. */
    private static void drop(String file, String name) throws IOException {
        var manifest = new Manifest();
        var entries = manifest.getMainAttributes();
        entries.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        entries.putValue("Bundle-ManifestVersion", "2");
        entries.putValue("Bundle-SymbolicName", "org.example.console.it");
        entries.putValue("Bundle-Name", name);
        entries.putValue("Bundle-Version", "1.0.0");
        entries.putValue("Bundle-Vendor", "A stranger");
        Path made = Files.createTempFile(appliance.home(), "plugin", ".jar");
        try (OutputStream out = Files.newOutputStream(made)) {
            new JarOutputStream(out, manifest).close();
        }
        Files.createDirectories(appliance.deploy());
        Files.move(made, appliance.deploy().resolve(file), StandardCopyOption.ATOMIC_MOVE);
    }
}
