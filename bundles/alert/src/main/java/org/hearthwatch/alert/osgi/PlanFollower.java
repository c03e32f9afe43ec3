package org.hearthwatch.alert.osgi;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.hearthwatch.alert.delivery.ChannelBook;
import org.hearthwatch.alert.notify.DeskSettings;
import org.hearthwatch.alert.notify.Links;
import org.hearthwatch.alert.notify.Plan;
import org.hearthwatch.alert.notify.PlanReader;
import org.hearthwatch.alert.notify.Switchboard;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows {@code etc/alertmanager.yml}, or the defaults as long as there is none. For one thread, but for the problems. */
final class PlanFollower {

    private static final Logger LOG = LoggerFactory.getLogger(PlanFollower.class);

    private final Path folder;
    private final ChannelBook book;
    private final InstantSource clock;
    private final PlanReader reader;
    private final Supplier<RoutingSettings> settings;
    private volatile List<String> problems = List.of();
    private boolean changed;

    PlanFollower(Path folder, ChannelBook book, InstantSource clock, Supplier<RoutingSettings> settings) {
        this.folder = folder;
        this.book = book;
        this.clock = clock;
        this.reader = new PlanReader(folder, book, clock);
        this.settings = settings;
    }

    /** What is wrong with the file, if something else is in force. */
    List<String> problems() {
        return problems;
    }

    /** What goes beyond Alertmanager at present. */
    DeskSettings desk() {
        return reader.hasFile() ? settings.get().withFile() : settings.get().withoutFile();
    }

    /** The plan to begin with: the file's, or the defaults if there is none or it is wrong. */
    Plan first() {
        return read().orElseGet(() -> new PlanReader(folder, book, clock)
                .of(settings.get().defaults(), "defaults, as etc/alertmanager.yml is wrong"));
    }

    /** The plan as it stands now; nothing if the file is wrong. */
    private Optional<Plan> read() {
        if (!reader.hasFile()) {
            problems = List.of();
            return Optional.of(reader.of(settings.get().defaults(), "defaults, as there is no etc/alertmanager.yml"));
        }
        PlanReader.Result result = reader.read();
        problems = result.problems();
        if (!problems.isEmpty()) {
            LOG.error(
                    "The routing of alerts is refused, and what held before goes on: {}", String.join("; ", problems));
        }
        return result.plan();
    }

    /** Something else than a file has changed: settings, or the channels there are. */
    void setChanged() {
        changed = true;
    }

    /** Looks whether anything has changed, and follows it. */
    void look(Switchboard switchboard, Links links) {
        try {
            if (changed || reader.isChanged()) {
                changed = false;
                apply(switchboard, links);
            }
        } catch (RuntimeException e) {
            LOG.error("Looking for a change of the routing failed unexpectedly; what holds goes on", e);
        }
    }

    /** Reads everything anew. */
    void apply(Switchboard switchboard, Links links) {
        read().ifPresent(plan -> {
            switchboard.use(plan, desk(), links);
            LOG.info("Alerts are routed by {}", plan.source());
        });
    }
}
