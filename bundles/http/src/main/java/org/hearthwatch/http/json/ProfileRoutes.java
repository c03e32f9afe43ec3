package org.hearthwatch.http.json;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.security.PromiseBook;
import org.hearthwatch.api.security.SecurityProfile;
import org.hearthwatch.api.security.SecurityProfiles;
import org.hearthwatch.api.security.SecurityProfiles.PinnedSetting;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;
import org.jspecify.annotations.Nullable;

/** The security profile, what another would change, and what the appliance promises. */
public final class ProfileRoutes implements Routes {

    private static final String PROFILE = "/api/hw/security-profile";

    private final Needed<SecurityProfiles> profiles;
    private final Needed<PromiseBook> promises;

    public ProfileRoutes(Needed<SecurityProfiles> profiles, Needed<PromiseBook> promises) {
        this.profiles = profiles;
        this.promises = promises;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(PROFILE, Guard.needs(Permission.read("read:profile")), this::show),
                Route.put(PROFILE, Guard.needs(Permission.admin("manage:profile")), this::choose),
                Route.get("/api/hw/promises", Guard.needs(Permission.read("read:promises")), this::promises));
    }

    /** The settings of all profiles, so that a page shows differences without asking again. */
    private void show(Exchange exchange) throws IOException, HttpProblem {
        SecurityProfiles known = profiles.get();
        var views = Stream.<ProfileView>builder();
        for (SecurityProfile profile : SecurityProfile.values()) {
            views.add(new ProfileView(profile.word(), settings(known.settings(profile))));
        }
        Json.write(
                exchange, new ProfilesView(known.chosen().word(), views.build().toList()));
    }

    private void choose(Exchange exchange) throws IOException, HttpProblem {
        String word =
                Json.required("profile", Json.read(exchange, ProfileBody.class).profile());
        SecurityProfile profile = SecurityProfile.of(word)
                .orElseThrow(() -> new HttpProblem(400, "A profile is standard, high or airgap."));
        Json.write(exchange, settings(profiles.get().choose(profile)));
    }

    private static List<SettingView> settings(List<PinnedSetting> settings) {
        return settings.stream().map(SettingView::of).toList();
    }

    private void promises(Exchange exchange) throws IOException, HttpProblem {
        Json.write(exchange, promises.get().all());
    }

    private record ProfileBody(@Nullable String profile) {}

    private record ProfilesView(String chosen, List<ProfileView> profiles) {}

    private record ProfileView(String profile, List<SettingView> settings) {}

    private record SettingView(
            String file,
            String key,
            @Nullable String now,
            @Nullable String wanted,
            String why,
            boolean holds) {
        static SettingView of(PinnedSetting setting) {
            return new SettingView(
                    setting.file(),
                    setting.key(),
                    setting.now().orElse(null),
                    setting.wanted().orElse(null),
                    setting.why(),
                    setting.holds());
        }
    }
}
