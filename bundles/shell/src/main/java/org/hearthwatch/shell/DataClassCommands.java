package org.hearthwatch.shell;

import java.util.List;
import java.util.Locale;
import org.hearthwatch.api.classify.DataClass;
import org.hearthwatch.api.classify.DataClasses;
import org.hearthwatch.api.health.SettingsInForce;
import org.hearthwatch.api.health.SettingsInForce.SettingValue;
import org.hearthwatch.shell.ShellCommand.Call;
import org.hearthwatch.shell.line.Syntax;
import org.hearthwatch.shell.text.Json;
import org.hearthwatch.shell.text.Table;

/** {@code hw:data-classes} and {@code hw:config-list}. */
final class DataClassCommands {

    private static final String SENSITIVE = "--sensitive";

    private final Services services;

    DataClassCommands(Services services) {
        this.services = services;
    }

    List<ShellCommand> all() {
        return List.of(
                new ShellCommand(
                        Syntax.of(
                                        "data-classes",
                                        "Lists how far settings, metrics and logged fields may go: public, internal,"
                                                + " sensitive or secret")
                                .json()
                                .details("Of a metric the longest name that fits counts; * stands for any end."),
                        this::classes),
                new ShellCommand(
                        Syntax.of(
                                        "config-list",
                                        "Lists the settings that stand in files, without what is not for everybody")
                                .flag(SENSITIVE, "With names and addresses; secrets are never shown")
                                .json(),
                        this::settings));
    }

    private int classes(Call call) {
        List<DataClasses.Entry> entries = DataClasses.known().entries();
        if (call.json()) {
            call.screen()
                    .line(Json.array(
                            entries,
                            (json, entry) -> json.field("kind", word(entry.kind()))
                                    .field("group", entry.group())
                                    .field("name", entry.name())
                                    .field("class", entry.dataClass().word())));
            return ShellCommand.OK;
        }
        var table = new Table("KIND", "OF", "NAME", "CLASS");
        entries.forEach(entry -> table.row(
                word(entry.kind()),
                entry.group(),
                entry.name(),
                entry.dataClass().word()));
        call.screen().table(table, "");
        return ShellCommand.OK;
    }

    private static String word(DataClasses.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private int settings(Call call) throws CommandFailure {
        DataClass most = call.arguments().has(SENSITIVE) ? DataClass.SENSITIVE : DataClass.INTERNAL;
        List<SettingValue> settings =
                services.need(SettingsInForce.class, "the list of settings").list(most);
        if (call.json()) {
            call.screen()
                    .line(Json.array(
                            settings,
                            (json, each) -> json.field("pid", each.pid())
                                    .field("key", each.key())
                                    .field("class", each.dataClass().word())
                                    .field("value", each.value())));
            return ShellCommand.OK;
        }
        var table = new Table("PID", "KEY", "CLASS", "VALUE");
        settings.forEach(
                each -> table.row(each.pid(), each.key(), each.dataClass().word(), each.value()));
        call.screen().table(table, "No file in etc/ sets anything: all is as docs/configuration.md says.");
        return ShellCommand.OK;
    }
}
