package org.hearthwatch.http.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hearthwatch.api.access.Policy;
import org.hearthwatch.api.access.Role;
import org.hearthwatch.api.classify.DataClass;
import org.hearthwatch.api.health.SettingsInForce.SettingValue;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.testkit.FakeExchange;
import org.junit.jupiter.api.Test;

class DataClassRoutesTest {

    private final DataClassRoutes routes = new DataClassRoutes(() -> most ->
            List.of(new SettingValue("a", "to", DataClass.SENSITIVE, DataClass.SENSITIVE.shown("ann@lan", most))));

    @Test
    void the_class_of_everything_is_told() throws Exception {
        assertThat(FakeExchange.get("/api/hw/data-classes").answeredBy(routes).text())
                .contains("{\"kind\":\"field\",\"group\":\"audit\",\"name\":\"actor\",\"dataClass\":\"sensitive\"}");
    }

    @Test
    void settings_are_told_without_names_and_addresses_and_not_to_viewers() throws Exception {
        assertThat(FakeExchange.get("/api/hw/settings").answeredBy(routes).text())
                .isEqualTo("[{\"pid\":\"a\",\"key\":\"to\",\"dataClass\":\"sensitive\",\"value\":\"***\"}]");
        assertThat(routes.routes())
                .filteredOn(route -> route.path().endsWith("settings"))
                .singleElement()
                .satisfies(route -> assertThat(
                                Policy.permits(Role.OPERATOR, ((Guard.Needs) route.guard()).permission()))
                        .isFalse());
    }
}
