package org.hearthwatch.http.json;

import java.util.List;
import java.util.Locale;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.classify.DataClass;
import org.hearthwatch.api.classify.DataClasses;
import org.hearthwatch.api.health.SettingsInForce;
import org.hearthwatch.api.health.SettingsInForce.SettingValue;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;

/** What may go how far, and the settings without what is not for everybody. */
public final class DataClassRoutes implements Routes {

    private final Needed<SettingsInForce> settings;

    public DataClassRoutes(Needed<SettingsInForce> settings) {
        this.settings = settings;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(
                        "/api/hw/data-classes",
                        Guard.needs(Permission.read("read:promises")),
                        exchange -> Json.write(
                                exchange,
                                DataClasses.known().entries().stream()
                                        .map(EntryView::of)
                                        .toList())),
                Route.get(
                        "/api/hw/settings",
                        Guard.needs(Permission.read("read:settings")),
                        exchange -> Json.write(
                                exchange,
                                settings.get().list(DataClass.INTERNAL).stream()
                                        .map(SettingView::of)
                                        .toList())));
    }

    private record EntryView(String kind, String group, String name, String dataClass) {

        static EntryView of(DataClasses.Entry entry) {
            return new EntryView(
                    entry.kind().name().toLowerCase(Locale.ROOT),
                    entry.group(),
                    entry.name(),
                    entry.dataClass().word());
        }
    }

    private record SettingView(String pid, String key, String dataClass, String value) {

        static SettingView of(SettingValue setting) {
            return new SettingView(
                    setting.pid(), setting.key(), setting.dataClass().word(), setting.value());
        }
    }
}
