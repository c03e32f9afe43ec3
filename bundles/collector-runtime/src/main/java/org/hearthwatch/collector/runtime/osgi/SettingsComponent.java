package org.hearthwatch.collector.runtime.osgi;

import java.util.List;
import org.hearthwatch.api.classify.DataClass;
import org.hearthwatch.api.health.SettingsInForce;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Offers the settings in force, without their secrets. */
@Component
public final class SettingsComponent implements SettingsInForce {

    private final Configurations configurations;

    @Activate
    public SettingsComponent(BundleContext context, @Reference ConfigurationAdmin admin) {
        configurations = new Configurations(context, admin);
    }

    @Override
    public List<SettingValue> list(DataClass most) {
        return configurations.shown(most);
    }
}
