package org.hearthwatch.benchmarks.alert;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
import org.hearthwatch.alert.notify.TemplateFiles;
import org.hearthwatch.alert.route.Route;
import org.hearthwatch.alert.silence.Acknowledgements;
import org.hearthwatch.alert.silence.SilenceBook;
import org.hearthwatch.api.notify.NotifierFactory;

/** Routing and delivery as in the appliance, with files and threads. */
final class Desk implements AutoCloseable {

    private final Outbox outbox;
    private final SilenceBook silences;
    private final Acknowledgements acknowledgements;
    private final Switchboard switchboard;

    /** @param text of an {@code alertmanager.yml} */
    Desk(Path folder, String text, NotifierFactory channels, ScheduledExecutorService clockwork) throws IOException {
        var book = new ChannelBook();
        book.add(channels);
        AlertmanagerConfig config = ConfigReader.read(text, Set.of()).config().orElseThrow();
        InstantSource clock = InstantSource.system();
        Timers timers = (delay, task) -> {
            var future = clockwork.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        };
        var plan = new Plan(
                config,
                Route.root(config.route()),
                book.channels(config),
                TemplateFiles.DEFAULT,
                "benchmark",
                clock.instant());
        outbox = Outbox.open(folder.resolve("outbox.log"), clock, 10_000);
        silences = SilenceBook.open(folder.resolve("silences.log"), clock);
        acknowledgements = Acknowledgements.open(folder.resolve("seen.log"), clock);
        var parts = new Switchboard.Parts(
                clock,
                timers,
                outbox,
                silences,
                acknowledgements,
                Executors::newSingleThreadExecutor,
                new Sealer(clock, System::nanoTime),
                Causes.none(),
                System.err::println);
        switchboard = new Switchboard(parts, plan, DeskSettings.DEFAULT, Links.NONE);
    }

    Switchboard switchboard() {
        return switchboard;
    }

    long fileSize() {
        return outbox.size();
    }

    @Override
    public void close() throws IOException {
        switchboard.close();
        outbox.close();
        silences.close();
        acknowledgements.close();
    }
}
