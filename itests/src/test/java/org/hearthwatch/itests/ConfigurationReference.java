package org.hearthwatch.itests;

import java.util.List;

/** Writes docs/configuration.md from what the bundles declare. */
final class ConfigurationReference {

    private static final String HEAD = """
            # Configuration reference

            Generated from the bundles' metatype; the build fails when it is stale.

            Every file lies in `DIR/etc` of the home (`--home DIR`, by default `~/.hearthwatch`). A change takes effect within two
            seconds, without a restart. A value that cannot be used is refused with a line in the log naming file, key and what is
            allowed; the last good one stays in force.
            """;

    private ConfigurationReference() {}

    static String of(List<Setting.Group> groups) {
        var text = new StringBuilder(HEAD);
        for (var group : groups) {
            text.append("\n## ").append(group.title()).append("\n\n");
            if (!group.description().isEmpty()) {
                text.append(group.description()).append("\n\n");
            }
            text.append("File `etc/")
                    .append(group.pid())
                    .append(group.factory() ? "-<name>.cfg`, one for each\n\n" : ".cfg`\n\n");
            text.append("| key | default | meaning |\n|---|---|---|\n");
            for (var setting : group.settings()) {
                text.append("| `%s` | %s | %s |\n".formatted(setting.key(), code(setting), cell(meaning(setting))));
            }
        }
        return text.toString();
    }

    private static String code(Setting setting) {
        return setting.defaultValue().isEmpty() ? "" : "`" + cell(setting.defaultValue()) + "`";
    }

    private static String meaning(Setting setting) {
        return setting.description().isEmpty() ? setting.name() : setting.name() + ": " + setting.description();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }
}
