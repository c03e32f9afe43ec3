package org.hearthwatch.collector.runtime.doctor;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.hearthwatch.api.classify.DataClass;
import org.hearthwatch.api.classify.DataClasses;
import org.hearthwatch.api.health.SettingsInForce.SettingValue;

/** Settings as they may be handed on. */
public final class ShownSettings {

    private static final String OURS = "org.hearthwatch.";

    private ShownSettings() {}

    /** What stands in configurations of the appliance and its plugins, up to a class; of the rest that it stands there. */
    public static List<SettingValue> of(Collection<ConfigurationState> configurations, DataClass most) {
        return configurations.stream()
                .filter(each -> each.file().isPresent() && each.schemaPid().startsWith(OURS))
                .flatMap(each -> each.values().entrySet().stream()
                        .filter(setting -> !ConfigurationDoctor.isTechnical(setting.getKey()))
                        .map(setting -> shown(each.pid(), setting.getKey(), setting.getValue(), most)))
                .sorted(Comparator.comparing(SettingValue::pid).thenComparing(SettingValue::key))
                .toList();
    }

    private static SettingValue shown(String pid, String key, String value, DataClass most) {
        DataClass dataClass = DataClasses.known().settingOrSensitive(pid, key);
        return new SettingValue(pid, key, dataClass, dataClass.shown(value, most));
    }
}
