package org.hearthwatch.shell;

import java.util.List;
import java.util.Optional;
import org.hearthwatch.api.plugin.Plugin;
import org.hearthwatch.api.plugin.Plugin.State;
import org.hearthwatch.api.plugin.Plugins;
import org.hearthwatch.api.plugin.Plugins.PluginRefusal;
import org.hearthwatch.shell.ShellCommand.Call;
import org.hearthwatch.shell.line.Completion;
import org.hearthwatch.shell.line.Completion.Suggestion;
import org.hearthwatch.shell.line.Syntax;
import org.hearthwatch.shell.text.Json;
import org.hearthwatch.shell.text.Printable;
import org.hearthwatch.shell.text.Table;

/** {@code hw:plugin-list}, {@code hw:plugin-approve} and {@code hw:plugin-remove}. */
final class PluginCommands {

    private static final String ENGINE = "the plugin engine";
    private static final String DIGEST = "SHA256";
    private static final String DOWNGRADE = "--downgrade";
    /** How much of a digest tables show; as much as the engine takes for the whole. */
    private static final int SHORT_DIGEST = 12;

    private final Services services;

    PluginCommands(Services services) {
        this.services = services;
    }

    List<ShellCommand> all() {
        Completion digests = () -> services.find(Plugins.class).map(Plugins::list).orElse(List.of()).stream()
                .map(plugin -> new Suggestion(
                        plugin.sha256(), plugin.file() + ", " + plugin.state().name()))
                .toList();
        String known = "The file's digest as in hw:plugin-list, whole or at least its first 12 digits";
        return List.of(
                new ShellCommand(
                        Syntax.of("plugin-list", "Lists the files in the plugin folder and what became of them")
                                .json(),
                        this::list),
                new ShellCommand(
                        Syntax.of(
                                        "plugin-approve",
                                        "Lets a quarantined plugin start, now and whenever this very file is there")
                                .argument(DIGEST, known, digests)
                                .flag(DOWNGRADE, "Also in place of a higher version that ran here before")
                                .json()
                                .details("A plugin runs inside the appliance and can do whatever the appliance can:"
                                        + " what hw:plugin-list says it asks for is a help to decide, no fence."),
                        this::approve),
                new ShellCommand(
                        Syntax.of("plugin-remove", "Stops a plugin, deletes its file and forgets its approval")
                                .argument(DIGEST, known, digests),
                        this::remove));
    }

    private int list(Call call) throws CommandFailure {
        List<Plugin> plugins = services.need(Plugins.class, ENGINE).list();
        if (call.json()) {
            call.screen().line(Json.array(plugins, PluginCommands::write));
            return ShellCommand.OK;
        }
        var table = new Table("FILE", "STATE", "NAME", "VERSION", "SIGNER", "SHA-256");
        plugins.forEach(plugin -> table.row(
                plugin.file(),
                plugin.state().name(),
                plugin.name(),
                plugin.version(),
                plugin.signer().orElse("-"),
                plugin.sha256().substring(0, SHORT_DIGEST)));
        call.screen()
                .table(table, "The plugin folder is empty. Drop a plugin's jar into deploy/ and it shows up here.");
        for (Plugin plugin : plugins) {
            explain(plugin, call.screen());
        }
        return ShellCommand.OK;
    }

    private static void explain(Plugin plugin, Screen screen) {
        boolean undecided = plugin.state() == State.QUARANTINED;
        if (plugin.reason().isEmpty() && !undecided) {
            return;
        }
        screen.line("");
        screen.line(Printable.of(plugin.file())
                + plugin.reason().map(reason -> ": " + Printable.of(reason)).orElse(""));
        if (undecided) {
            plugin.needs().forEach(need -> screen.line("  needs: " + Printable.of(need)));
            plugin.asksFor().forEach(wish -> screen.line("  asks for: " + Printable.of(wish)));
            screen.line("  To start it: hw:plugin-approve " + plugin.sha256().substring(0, SHORT_DIGEST)
                    + "   To be rid of it: hw:plugin-remove " + plugin.sha256().substring(0, SHORT_DIGEST));
        }
    }

    private int approve(Call call) throws CommandFailure, PluginRefusal {
        Plugins plugins = services.need(Plugins.class, ENGINE);
        String digest = call.arguments().get(DIGEST);
        Plugin plugin = call.arguments().has(DOWNGRADE)
                ? plugins.approveDowngrade(digest, call.user())
                : plugins.approve(digest, call.user());
        if (call.json()) {
            call.screen().line(Json.object(json -> write(json, plugin)));
        }
        if (plugin.state() != State.RUNNING) {
            throw new CommandFailure(plugin.file() + " is approved but does not run: "
                    + plugin.reason().orElse(plugin.state().name()));
        }
        if (!call.json()) {
            call.screen()
                    .foreign(
                            plugin.name() + " " + plugin.version()
                                    + " runs. What it measures shows up in hw:collector-list; some plugins wait for a file in etc/.");
        }
        return ShellCommand.OK;
    }

    private int remove(Call call) throws CommandFailure, PluginRefusal {
        services.need(Plugins.class, ENGINE).remove(call.arguments().get(DIGEST));
        call.screen().line("Stopped, deleted and forgotten.");
        return ShellCommand.OK;
    }

    private static void write(Json json, Plugin plugin) {
        Optional<String> reason = plugin.reason();
        json.field("file", plugin.file())
                .field("sha256", plugin.sha256())
                .field("name", plugin.name())
                .field("symbolicName", plugin.symbolicName())
                .field("version", plugin.version())
                .field("vendor", plugin.vendor())
                .field("state", plugin.state().name())
                .field("reason", reason)
                .field("since", plugin.since())
                .strings("asksFor", plugin.asksFor())
                .strings("needs", plugin.needs())
                .field("signer", plugin.signer());
    }
}
