package org.hearthwatch.alert.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.hearthwatch.alert.cause.Causes;
import org.hearthwatch.alert.config.AlertmanagerConfig;
import org.hearthwatch.alert.config.ConfigReader;
import org.hearthwatch.alert.delivery.ChannelBook;
import org.hearthwatch.alert.dispatch.Timers;
import org.hearthwatch.alert.nflog.Outbox;
import org.hearthwatch.alert.notify.DeskSettings;
import org.hearthwatch.alert.notify.Links;
import org.hearthwatch.alert.notify.Plan;
import org.hearthwatch.alert.notify.Sealer;
import org.hearthwatch.alert.notify.Switchboard;
import org.hearthwatch.alert.notify.SwitchboardRouting;
import org.hearthwatch.alert.notify.TemplateFiles;
import org.hearthwatch.alert.route.Route;
import org.hearthwatch.alert.silence.Acknowledgements;
import org.hearthwatch.alert.silence.SilenceBook;
import org.hearthwatch.api.alert.AlertingRefusal;

/** A switchboard with its API, as tests of both need it. */
final class Desk {

    final Switchboard switchboard;
    final SwitchboardRouting routing;
    final AlertmanagerApi api;

    Desk(
            Path folder,
            String yaml,
            InstantSource clock,
            Timers timers,
            Supplier<ExecutorService> lanes,
            ChannelBook book) {
        try {
            AlertmanagerConfig config =
                    ConfigReader.read(yaml, Set.of()).config().orElseThrow();
            var plan = new Plan(
                    config,
                    Route.root(config.route()),
                    book.channels(config),
                    TemplateFiles.DEFAULT,
                    "test",
                    clock.instant());
            var sealer = new Sealer(clock, System::nanoTime);
            var parts = new Switchboard.Parts(
                    clock,
                    timers,
                    Outbox.open(folder.resolve("outbox.log"), clock, 1_000),
                    SilenceBook.open(folder.resolve("silences.log"), clock),
                    Acknowledgements.open(folder.resolve("acknowledged.log"), clock),
                    lanes,
                    sealer,
                    Causes.none(),
                    line -> {});
            switchboard = new Switchboard(parts, plan, DeskSettings.DEFAULT, Links.NONE);
            routing = new SwitchboardRouting(
                    switchboard, sealer, clock, System::nanoTime, new SwitchboardRouting.Reloading() {
                        @Override
                        public void reload() throws AlertingRefusal {
                            throw new AlertingRefusal(AlertingRefusal.Kind.INVALID, "alertmanager.yml:1:1: no");
                        }

                        @Override
                        public List<String> problems() {
                            return List.of();
                        }
                    });
            api = new AlertmanagerApi(switchboard, routing, clock, "1.0");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
