package org.hearthwatch.shell;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hearthwatch.api.net.Pins;
import org.hearthwatch.shell.ShellCommand.Call;
import org.hearthwatch.shell.line.Completion;
import org.hearthwatch.shell.line.Completion.Suggestion;
import org.hearthwatch.shell.line.Syntax;
import org.hearthwatch.shell.line.UsageException;
import org.hearthwatch.shell.text.Json;
import org.hearthwatch.shell.text.Table;

/** {@code hw:pin-*}: the keys that servers must have when we connect to them. */
final class PinCommands {

    private static final String TRANSPORT = "the gate for connections, the bundle transport";
    private static final String HOST = "HOST";
    private static final String PIN = "PIN";
    private static final String BACKUP = "BACKUP";

    private final Services services;

    PinCommands(Services services) {
        this.services = services;
    }

    List<ShellCommand> all() {
        Completion hosts = () -> services.find(Pins.class).map(Pins::list).orElse(List.of()).stream()
                .map(one -> new Suggestion(one.host(), String.join(" ", one.pins())))
                .toList();
        return List.of(
                new ShellCommand(
                        Syntax.of("pin-list", "Lists the hosts whose keys are pinned")
                                .json(),
                        this::list),
                new ShellCommand(
                        Syntax.of("pin-add", "Pins a host to a key, and better to its next one too")
                                .argument(HOST, "Its name or address, without a port", hosts)
                                .argument(PIN, "The key it has: sha256/BASE64", Completion.NONE)
                                .optionalArgument(BACKUP, "The key it will have next", Completion.NONE)
                                .details("A connection that was refused names the key it saw. Or: openssl s_client"
                                        + " -connect HOST:PORT </dev/null | openssl x509 -pubkey -noout | openssl"
                                        + " pkey -pubin -outform der | openssl dgst -sha256 -binary | base64."
                                        + " Pins of the host from before are replaced."),
                        this::add),
                new ShellCommand(
                        Syntax.of("pin-remove", "Lets a host have any key that a trusted authority vouches for")
                                .argument(HOST, "As in hw:pin-list", hosts),
                        this::remove));
    }

    private int list(Call call) throws CommandFailure {
        List<Pins.PinnedHost> all = services.need(Pins.class, TRANSPORT).list();
        if (call.json()) {
            call.screen()
                    .line(Json.array(
                            all, (json, one) -> json.field("host", one.host()).strings("pins", one.pins())));
            return ShellCommand.OK;
        }
        var table = new Table("HOST", "KEY", "NEXT KEY");
        all.forEach(one -> table.row(
                one.host(),
                one.pins().get(0),
                one.pins().size() > 1
                        ? String.join(" ", one.pins().subList(1, one.pins().size()))
                        : "none: add one before the key changes"));
        call.screen().table(table, "No host is pinned. hw:pin-add HOST sha256/... pins one.");
        return ShellCommand.OK;
    }

    private int add(Call call) throws CommandFailure, UsageException {
        String host = call.arguments().get(HOST);
        Optional<String> backup = call.arguments().find(BACKUP);
        try {
            services.need(Pins.class, TRANSPORT)
                    .pin(
                            host,
                            Stream.concat(Stream.of(call.arguments().get(PIN)), backup.stream())
                                    .toList());
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
        call.screen().foreign(host + " is pinned" + (backup.isEmpty() ? "; add its next key before it changes." : "."));
        return ShellCommand.OK;
    }

    private int remove(Call call) throws CommandFailure, UsageException {
        String host = call.arguments().get(HOST);
        try {
            if (!services.need(Pins.class, TRANSPORT).unpin(host)) {
                throw new CommandFailure("That host is not pinned; hw:pin-list shows those that are.");
            }
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
        call.screen().foreign(host + " is pinned no longer.");
        return ShellCommand.OK;
    }
}
