package org.hearthwatch.shell;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hearthwatch.api.config.SettingsForms;
import org.hearthwatch.api.config.SettingsForms.Entry;
import org.hearthwatch.api.config.SettingsForms.Form;
import org.hearthwatch.shell.ShellCommand.Call;
import org.hearthwatch.shell.line.Completion;
import org.hearthwatch.shell.line.Completion.Suggestion;
import org.hearthwatch.shell.line.Syntax;
import org.hearthwatch.shell.line.UsageException;
import org.hearthwatch.shell.text.Json;
import org.hearthwatch.shell.text.Table;

/** {@code hw:channel-list}, {@code hw:channel-set} and {@code hw:channel-remove}: ways to people that are set up here. */
final class ChannelCommands {

    private static final String NOTIFIERS = "org.hearthwatch.notifier.";
    private static final String FORMS = "the appliance's own monitoring";
    private static final String KIND = "KIND";
    private static final String NAME = "NAME";
    private static final String SETTING = "KEY=VALUE";

    private final Services services;

    ChannelCommands(Services services) {
        this.services = services;
    }

    List<ShellCommand> all() {
        Completion kinds =
                () -> services.find(SettingsForms.class).map(ChannelCommands::kinds).orElse(List.of()).stream()
                        .map(form -> new Suggestion(kind(form.pid()), form.title()))
                        .toList();
        return List.of(
                new ShellCommand(
                        Syntax.of("channel-list", "Lists the channels that are set up by files in etc/")
                                .json(),
                        this::list),
                new ShellCommand(
                        Syntax.of("channel-set", "Sets up a channel, or changes single settings of one")
                                .argument(KIND, "mail, or webhook for phones, chat rooms and webhooks", kinds)
                                .argument(NAME, "What you call it", Completion.NONE)
                                .repeatedArgument(
                                        SETTING,
                                        "A setting; one without a value is taken out. Secrets are references, such as"
                                                + " token=secret:ntfy/token",
                                        Completion.NONE),
                        this::set),
                new ShellCommand(
                        Syntax.of("channel-remove", "Removes a channel; its secrets stay in the vault")
                                .argument(KIND, "As in hw:channel-list", kinds)
                                .argument(NAME, "As in hw:channel-list", Completion.NONE),
                        this::remove));
    }

    private static List<Form> kinds(SettingsForms forms) {
        return forms.forms().stream()
                .filter(form -> form.pid().startsWith(NOTIFIERS))
                .toList();
    }

    private static String kind(String pid) {
        return pid.substring(NOTIFIERS.length());
    }

    private SettingsForms forms() throws CommandFailure {
        return services.need(SettingsForms.class, FORMS);
    }

    private int list(Call call) throws CommandFailure {
        SettingsForms forms = forms();
        List<Entry> entries = new ArrayList<>();
        try {
            for (Form form : kinds(forms)) {
                entries.addAll(forms.entries(form.pid()));
            }
        } catch (IOException e) {
            throw new CommandFailure("The channels cannot be read: " + e.getMessage());
        }
        if (call.json()) {
            call.screen()
                    .line(Json.array(
                            entries,
                            (json, entry) -> json.field("kind", kind(entry.pid()))
                                    .field("name", entry.name())
                                    .field("settings", entry.settings())));
            return ShellCommand.OK;
        }
        var table = new Table("KIND", "NAME", "SETTINGS");
        entries.forEach(entry -> table.row(kind(entry.pid()), entry.name(), words(entry.settings())));
        call.screen()
                .table(
                        table,
                        "There is no channel. For example: hw:channel-set webhook phone kind=ntfy url=https://...");
        return ShellCommand.OK;
    }

    private static String words(Map<String, String> settings) {
        return new TreeMap<>(settings)
                .entrySet().stream()
                        .map(setting -> setting.getKey() + '=' + setting.getValue())
                        .collect(Collectors.joining(" "));
    }

    private int set(Call call) throws CommandFailure, UsageException {
        SettingsForms forms = forms();
        String pid = NOTIFIERS + call.arguments().get(KIND);
        String name = call.arguments().get(NAME);
        try {
            Map<String, String> settings = new LinkedHashMap<>();
            forms.entries(pid).stream()
                    .filter(entry -> entry.name().equals(name))
                    .forEach(entry -> settings.putAll(entry.settings()));
            for (String word : call.arguments().all(SETTING)) {
                int equals = word.indexOf('=');
                if (equals <= 0) {
                    throw new UsageException("\"" + word + "\" is not " + SETTING);
                }
                settings.put(word.substring(0, equals), word.substring(equals + 1));
            }
            forms.write(new Entry(pid, name, settings));
        } catch (IllegalArgumentException | IOException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
        call.screen().foreign(name + " is set up; try it with hw:receiver-list and hw:receiver-test.");
        return ShellCommand.OK;
    }

    private int remove(Call call) throws CommandFailure {
        String name = call.arguments().get(NAME);
        try {
            if (!forms().delete(NOTIFIERS + call.arguments().get(KIND), name)) {
                throw new CommandFailure("There is no channel " + name + "; hw:channel-list shows them");
            }
        } catch (IllegalArgumentException | IOException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
        call.screen().foreign("The channel " + name + " is gone.");
        return ShellCommand.OK;
    }
}
