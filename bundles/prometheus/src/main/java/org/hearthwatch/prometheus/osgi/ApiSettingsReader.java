package org.hearthwatch.prometheus.osgi;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.config.SettingReader;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.prometheus.http.ApiSettings;

/** Turns configuration strings into settings. */
final class ApiSettingsReader {

    private static final SettingReader READER = new SettingReader(ApiConfig.PID);
    private static final Pattern LABEL = Pattern.compile("(?!__)[a-zA-Z_][a-zA-Z0-9_]*");

    private final Path data;

    /** @param data the appliance's data directory */
    ApiSettingsReader(Path data) {
        this.data = data;
    }

    /** @throws InvalidSettingException naming the setting and what it takes */
    ApiSettings read(ApiConfig config) {
        return new ApiSettings(config.adminApi(), snapshots(config.snapshots()), labels(config.externalLabels()));
    }

    /** As shipped. */
    ApiSettings defaults() {
        return new ApiSettings(true, snapshots(""), Labels.EMPTY);
    }

    private Path snapshots(String text) {
        return text.isBlank()
                ? data.resolve("hearthwatch").resolve("snapshots")
                : READER.parsed("snapshots", text, "a directory's path", path -> data.resolve(path.strip()));
    }

    private static Labels labels(String text) {
        String allowed = "labels such as site=home, env=lab";
        Map<String, String> labels = READER.pairs("externalLabels", text, '=', allowed);
        if (!labels.keySet().stream().allMatch(LABEL.asMatchPredicate())) {
            throw READER.refused("externalLabels", text, allowed);
        }
        return Labels.of(labels);
    }
}
