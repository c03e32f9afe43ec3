package org.hearthwatch.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * The system's own Chromium, looking at one appliance. Closing it fails when a page complained (errors, also those of the
 * content security policy) or asked any other host.
 *
 * <p>Playwright for Java talks to a driver; here that is the {@code playwright-core} the console's build has installed, and
 * the browser is the one of the machine, so nothing is downloaded for it.
 */
final class ConsoleBrowser implements AutoCloseable {

    static final int DESKTOP_WIDTH = 1440;
    static final int DESKTOP_HEIGHT = 900;

    private static final Path WEB = Script.ROOT.resolve("bundles/console/web");
    private static final Path SCREENSHOTS = Path.of("target", "screenshots").toAbsolutePath();
    private static final List<String> PLACES = List.of(
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");

    private final Appliance appliance;
    private final String base;
    private final Playwright playwright;
    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<String> foreign = new CopyOnWriteArrayList<>();

    private ConsoleBrowser(Appliance appliance, String base, Browser.NewContextOptions options) {
        this.appliance = appliance;
        this.base = base;
        System.setProperty("playwright.cli.dir", driver().toString());
        playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1", "PLAYWRIGHT_NODEJS_PATH", "node")));
        var browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium())
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
        context = browser.newContext(options.setLocale("en-GB").setTimezoneId("UTC"));
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(page.url() + ": " + message.text());
            }
        });
        page.onPageError(error -> complaints.add(page.url() + ": " + error));
        page.onRequest(request -> {
            if (!request.url().startsWith(base) && !request.url().startsWith("data:")) {
                foreign.add(request.url());
            }
        });
    }

    static ConsoleBrowser desktop(Appliance appliance, ColorScheme scheme) {
        return new ConsoleBrowser(
                appliance,
                appliance.uri("/").toString(),
                new Browser.NewContextOptions()
                        .setViewportSize(DESKTOP_WIDTH, DESKTOP_HEIGHT)
                        .setColorScheme(scheme));
    }

    /** One that calls the appliance localhost, as passkeys need a name. */
    static ConsoleBrowser atLocalhost(Appliance appliance) {
        return new ConsoleBrowser(
                appliance,
                appliance.uri("/").toString().replace("127.0.0.1", "localhost"),
                new Browser.NewContextOptions().setViewportSize(DESKTOP_WIDTH, DESKTOP_HEIGHT));
    }

    /** A small phone. */
    static ConsoleBrowser phone(Appliance appliance) {
        return new ConsoleBrowser(
                appliance,
                appliance.uri("/").toString(),
                new Browser.NewContextOptions()
                        .setViewportSize(360, 740)
                        .setDeviceScaleFactor(2)
                        .setIsMobile(true)
                        .setHasTouch(true));
    }

    Page page() {
        return page;
    }

    /** Goes to a page of the console. */
    Page open(String path) {
        page.navigate(base + path.substring(1));
        return page;
    }

    /** Signs the administrator in, as a person does. */
    Page signIn() {
        open("/");
        page.getByLabel("User name").fill(Appliance.ADMIN);
        page.getByLabel("Password").fill(appliance.password());
        page.getByRole(AriaRole.BUTTON, named("Sign in")).click();
        page.locator("header.top").waitFor();
        return page;
    }

    static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }

    /** Presses a button of the dialog that is open. */
    void press(String name) {
        page.getByRole(AriaRole.DIALOG)
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(name).setExact(true))
                .click();
    }

    /** Keeps a picture as {@code target/screenshots/NAME.png}. */
    void picture(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    }

    /** What axe-core finds on the page that is serious or critical, one line each. */
    @SuppressWarnings("unchecked")
    List<String> seriousBarriers() {
        page.evaluate(Appliance.read(WEB.resolve("node_modules/axe-core/axe.min.js")));
        return (List<String>) page.evaluate("""
                async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
                  .filter(({ impact }) => impact === 'serious' || impact === 'critical')
                  .map(({ id, nodes }) => `${id}: ${nodes.map(({ html, any }) => html + ' ' + any.map(a => a.message)).join(' | ')}`)
                """);
    }

    /** How far the page can be scrolled sideways, in pixels. */
    int overflow() {
        return (int) page.evaluate("() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth)");
    }

    /** Forgets complaints that contain this: the browser logs an answer such as 401 even when it was to be expected. */
    void forgive(String part) {
        complaints.removeIf(complaint -> complaint.contains(part));
    }

    @Override
    public void close() {
        playwright.close();
        assertThat(complaints).as("what the browser complained about").isEmpty();
        assertThat(foreign).as("requests to other hosts").isEmpty();
    }

    private static Path chromium() {
        return Stream.concat(Stream.ofNullable(System.getenv("HEARTHWATCH_CHROMIUM")), PLACES.stream())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("No Chromium found in " + PLACES
                        + "; install it (Debian: apt-get install chromium) or set HEARTHWATCH_CHROMIUM"));
    }

    /** A folder as Playwright expects it: the driver's package under the name {@code package}. */
    private static Path driver() {
        Path folder = Path.of("target", "playwright").toAbsolutePath();
        Path link = folder.resolve("package");
        try {
            Files.createDirectories(folder);
            Files.createSymbolicLink(link, WEB.resolve("node_modules/playwright-core"));
        } catch (FileAlreadyExistsException e) {
            // A former run has made it, and it leads to the same place.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(link.resolve("cli.js")).exists();
        return folder;
    }
}
