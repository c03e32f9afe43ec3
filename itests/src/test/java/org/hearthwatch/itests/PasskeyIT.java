package org.hearthwatch.itests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hearthwatch.itests.ConsoleBrowser.named;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Passkeys as Chromium makes them, with an authenticator of its own making. */
class PasskeyIT {

    @RegisterExtension
    static final Appliance appliance = Appliance.started();

    @Test
    void a_passkey_is_made_signs_in_alone_and_after_the_password_and_is_removed() {
        try (var browser = ConsoleBrowser.atLocalhost(appliance)) {
            String device = addAuthenticator(browser.page());
            browser.signIn();
            var page = browser.open("/settings/account");
            page.getByLabel("Name, such as").fill("Desk key");
            page.getByRole(AriaRole.BUTTON, named("Make a passkey")).click();
            assertThat(page.getByRole(AriaRole.BUTTON, named("Remove the passkey Desk key")))
                    .isVisible();
            browser.picture("passkeys");
            assertThat(appliance.command("passkey-list").out()).contains("Desk key").contains("localhost");

            signOut(browser);
            page.getByRole(AriaRole.BUTTON, named("Sign in with a passkey")).click();
            page.locator("header.top").waitFor();

            signOut(browser);
            page.getByLabel("User name").fill(Appliance.ADMIN);
            page.getByLabel("Password").fill(appliance.password());
            page.getByRole(AriaRole.BUTTON, named("Sign in")).click();
            page.getByRole(AriaRole.BUTTON, named("Use your passkey")).click();
            page.locator("header.top").waitFor();

            browser.open("/settings/account");
            page.getByRole(AriaRole.BUTTON, named("Remove the passkey Desk key"))
                    .click();
            page.getByRole(AriaRole.DIALOG)
                    .getByRole(
                            AriaRole.BUTTON,
                            new Locator.GetByRoleOptions().setName("Remove").setExact(true))
                    .click();
            assertThat(page.getByLabel("User name")).isVisible();
            assertThat(appliance.command("passkey-list").out()).doesNotContain("Desk key");
            assertThat(device).isNotEmpty();
            browser.forgive("401");
        }
    }

    private static void signOut(ConsoleBrowser browser) {
        browser.page().context().clearCookies();
        browser.open("/");
        browser.page().getByLabel("User name").waitFor();
    }

    /** Chromium's virtual authenticator: a platform's own, which has made sure of its owner. */
    private static String addAuthenticator(Page page) {
        CDPSession protocol = page.context().newCDPSession(page);
        protocol.send("WebAuthn.enable");
        var options = new JsonObject();
        options.addProperty("protocol", "ctap2");
        options.addProperty("transport", "internal");
        options.addProperty("hasResidentKey", true);
        options.addProperty("hasUserVerification", true);
        options.addProperty("isUserVerified", true);
        options.addProperty("automaticPresenceSimulation", true);
        var parameters = new JsonObject();
        parameters.add("options", options);
        return protocol.send("WebAuthn.addVirtualAuthenticator", parameters)
                .get("authenticatorId")
                .getAsString();
    }
}
