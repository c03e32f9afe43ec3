package org.hearthwatch.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hearthwatch.api.classify.DataClass;
import org.hearthwatch.api.classify.DataClasses;
import org.hearthwatch.api.classify.DataClasses.Entry;
import org.hearthwatch.api.classify.DataClasses.Kind;
import org.junit.jupiter.api.Test;

/** No setting without a class, and no class without its setting. */
class DataClassesTest {

    private final DataClasses known = DataClasses.known();

    @Test
    void every_setting_of_every_bundle_has_a_class() throws Exception {
        List<String> without = new ArrayList<>();
        Set<String> declared = new HashSet<>();
        for (Setting.Group group : Setting.declared()) {
            for (Setting setting : group.settings()) {
                declared.add(group.pid() + " " + setting.key());
                if (known.setting(group.pid(), setting.key()).isEmpty()) {
                    without.add(group.pid() + " " + setting.key());
                }
            }
        }
        assertThat(without)
                .as("settings to be added to ClassTable in bundles/api")
                .isEmpty();
        assertThat(known.entries())
                .filteredOn(entry -> entry.kind() == Kind.SETTING)
                .extracting(entry -> entry.group() + " " + entry.name())
                .isSubsetOf(declared);
    }

    @Test
    void what_is_called_a_secret_is_one() throws Exception {
        for (Entry entry : known.entries()) {
            if (entry.kind() == Kind.SETTING
                    && entry.name().matches("(?i).*(password|passphrase|token|clientsecret|signingkey)$")) {
                assertThat(entry.dataClass()).as(entry.toString()).isEqualTo(DataClass.SECRET);
            }
        }
    }
}
