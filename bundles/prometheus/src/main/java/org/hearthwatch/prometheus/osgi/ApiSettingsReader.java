package org.hearthwatch.prometheus.osgi;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.prometheus.http.ApiSettings;

/** Turns configuration strings into settings. */
final class ApiSettingsReader {

    private static final Pattern LABEL = Pattern.compile("\\s*([a-zA-Z_][a-zA-Z0-9_]*)\\s*=\\s*([^,\"]*?)\\s*");

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
        try {
            return text.isBlank() ? data.resolve("hearthwatch").resolve("snapshots") : data.resolve(text.strip());
        } catch (InvalidPathException e) {
            throw new InvalidSettingException(ApiConfig.PID, "snapshots", text, "a directory's path");
        }
    }

    private static Labels labels(String text) {
        var labels = Labels.builder();
        if (!text.isBlank()) {
            for (String each : text.split(",", -1)) {
                var matcher = LABEL.matcher(each);
                if (!matcher.matches() || matcher.group(1).startsWith("__")) {
                    throw new InvalidSettingException(
                            ApiConfig.PID, "externalLabels", text, "labels such as site=home, env=lab");
                }
                labels.set(matcher.group(1), matcher.group(2));
            }
        }
        return labels.build();
    }
}
