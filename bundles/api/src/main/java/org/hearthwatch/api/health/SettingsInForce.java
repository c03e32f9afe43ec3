package org.hearthwatch.api.health;

import java.util.List;
import org.hearthwatch.api.classify.DataClass;
import org.osgi.annotation.versioning.ProviderType;

/** The settings as they are in force, without their secrets. Thread-safe. */
@ProviderType
public interface SettingsInForce {

    /**
     * Every setting that stands in a file, by PID and key.
     *
     * @param most the class up to which values are shown; no secret ever is
     */
    List<SettingValue> list(DataClass most);

    /**
     * A setting.
     *
     * @param pid of the configuration
     * @param value {@value DataClass#LEFT_OUT} where it may not be shown
     */
    record SettingValue(String pid, String key, DataClass dataClass, String value) {
        public SettingValue {
            value = dataClass.shown(value, DataClass.SENSITIVE);
        }
    }
}
