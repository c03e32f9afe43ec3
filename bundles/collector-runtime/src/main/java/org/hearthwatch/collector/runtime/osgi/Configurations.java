package org.hearthwatch.collector.runtime.osgi;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Array;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hearthwatch.api.classify.DataClass;
import org.hearthwatch.api.health.Finding;
import org.hearthwatch.api.health.SettingsInForce.SettingValue;
import org.hearthwatch.collector.runtime.doctor.ConfigurationDoctor;
import org.hearthwatch.collector.runtime.doctor.ConfigurationState;
import org.hearthwatch.collector.runtime.doctor.Schema;
import org.hearthwatch.collector.runtime.doctor.ShownSettings;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The configurations in force, and what the bundles declare of them. */
final class Configurations {

    private static final Logger LOG = LoggerFactory.getLogger(Configurations.class);
    private static final String API = "org.hearthwatch.api.";
    private static final String FILE = "felix.fileinstall.filename";

    private final BundleContext context;
    private final ConfigurationAdmin admin;

    Configurations(BundleContext context, ConfigurationAdmin admin) {
        this.context = context;
        this.admin = admin;
    }

    /** What is wrong with any of them. */
    List<Finding> examine() {
        return examine(schemas(context), null);
    }

    /** What is wrong with those a bundle declares. */
    List<Finding> examine(Bundle bundle) {
        List<Schema> schemas = schemas(bundle);
        var pids = schemas.stream().map(Schema::pid).toList();
        var findings = new ArrayList<Finding>();
        for (String pid : pids) {
            findings.addAll(examine(schemas, "(|(service.pid=" + pid + ")(service.factoryPid=" + pid + "))"));
        }
        return findings;
    }

    /** What is wrong with one. */
    List<Finding> examine(String pid) {
        return examine(schemas(context), "(service.pid=" + pid + ")");
    }

    /** What all bundles declare. */
    static List<Schema> schemas(BundleContext context) {
        var schemas = new ArrayList<Schema>();
        for (Bundle bundle : context.getBundles()) {
            schemas.addAll(schemas(bundle));
        }
        return schemas;
    }

    private List<Finding> examine(List<Schema> schemas, @Nullable String filter) {
        var doctor = new ConfigurationDoctor(schemas);
        var findings = new ArrayList<Finding>();
        for (ConfigurationState state : list(filter)) {
            findings.addAll(doctor.examine(state));
        }
        return findings;
    }

    /** Those of files, as they may be shown. */
    List<SettingValue> shown(DataClass most) {
        return ShownSettings.of(list(null), most);
    }

    private List<ConfigurationState> list(@Nullable String filter) {
        var states = new ArrayList<ConfigurationState>();
        try {
            Configuration[] all = admin.listConfigurations(filter);
            if (all != null) {
                for (Configuration configuration : all) {
                    states.add(state(configuration));
                }
            }
        } catch (IOException | InvalidSyntaxException e) {
            LOG.error("The configurations cannot be listed", e);
        }
        return states;
    }

    private static ConfigurationState state(Configuration configuration) {
        Dictionary<String, Object> properties = configuration.getProperties();
        Map<String, String> values = new HashMap<>();
        Optional<String> file = Optional.empty();
        if (properties != null) {
            for (String key : Collections.list(properties.keys())) {
                values.put(key, text(properties.get(key)));
            }
            file = Optional.ofNullable(values.get(FILE)).map(url -> url.substring(url.lastIndexOf('/') + 1));
        }
        return new ConfigurationState(
                configuration.getPid(), Optional.ofNullable(configuration.getFactoryPid()), file, values);
    }

    private static String text(Object value) {
        if (value instanceof Collection<?> several) {
            return several.stream().map(String::valueOf).collect(Collectors.joining(","));
        }
        if (value.getClass().isArray()) {
            return IntStream.range(0, Array.getLength(value))
                    .mapToObj(i -> String.valueOf(Array.get(value, i)))
                    .collect(Collectors.joining(","));
        }
        return String.valueOf(value);
    }

    /** Of our bundles and of plugins; what others declare of their settings is too often not all of them. */
    private static List<Schema> schemas(Bundle bundle) {
        var schemas = new ArrayList<Schema>();
        String imports = bundle.getHeaders("").get(Constants.IMPORT_PACKAGE);
        if (imports == null || !imports.contains(API)) {
            return schemas;
        }
        var entries = bundle.findEntries("OSGI-INF/metatype", "*.xml", false);
        for (URL entry : entries == null ? List.<URL>of() : Collections.list(entries)) {
            try (InputStream document = entry.openStream()) {
                schemas.addAll(Schema.read(document));
            } catch (IOException e) {
                LOG.warn("The metatype {} of bundle {} cannot be read", entry.getPath(), bundle.getSymbolicName(), e);
            }
        }
        return schemas;
    }
}
