package org.hearthwatch.alert.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hearthwatch.alert.text.GoText;
import org.hearthwatch.alert.yaml.YamlReader;
import org.hearthwatch.alert.yaml.YamlValue;

/** Reads receivers, one after the other. */
final class ReceiverReader {

    private final YamlReader yaml;
    private final Set<String> moreSections;
    private final Set<String> names = new HashSet<>();

    ReceiverReader(YamlReader yaml, Set<String> moreSections) {
        this.yaml = yaml;
        this.moreSections = moreSections;
    }

    /** Those read so far. */
    Set<String> names() {
        return names;
    }

    ReceiverConfig read(YamlValue value) {
        Map<String, YamlValue> fields = yaml.anyFields(value, "config.plain");
        String name = yaml.text(ConfigReader.field(fields, "name"));
        if (name.isEmpty()) {
            yaml.refuse(value, "missing name in receiver");
        } else if (!names.add(name)) {
            yaml.refuse(value, "notification config name " + GoText.quote(name) + " is not unique");
        }
        Map<String, String> labels = new HashMap<>(yaml.texts(ConfigReader.field(fields, "labels")));
        if (!labels.getOrDefault("name", name).equals(name)) {
            yaml.refuse(value, "receiver label \"name\" must match receiver name " + GoText.quote(name));
        }
        labels.put("name", name);
        var channels = new ArrayList<ReceiverConfig.Channel>();
        fields.forEach((field, section) -> {
            if (field.equals("name") || field.equals("labels")) {
                return;
            }
            if (Sections.RECEIVERS.contains(field) || moreSections.contains(field)) {
                section(field, section, channels);
            } else {
                yaml.unknown(section, field, "config.plain");
            }
        });
        return new ReceiverConfig(name, labels, channels);
    }

    private void section(String name, YamlValue section, List<ReceiverConfig.Channel> into) {
        int[] index = {0};
        into.addAll(yaml.list(Optional.of(section), "config.plain", value -> {
            Map<String, YamlValue> fields = yaml.anyFields(value, "config.plain");
            var entry = new HashMap<String, Object>();
            fields.forEach((field, content) -> entry.put(field, yaml.plain(content)));
            boolean sendResolved = fields.containsKey("send_resolved")
                    ? yaml.truth(ConfigReader.field(fields, "send_resolved"))
                    : !Sections.SILENT_ABOUT_RESOLVED.contains(name);
            int most = yaml.integer(ConfigReader.field(fields, "max_alerts"));
            return new ReceiverConfig.Channel(name, index[0]++, entry, sendResolved, Math.max(0, most), value.place());
        }));
    }
}
