package org.hearthwatch.shell;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.hearthwatch.api.config.ByteSize;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.api.store.StoreAdmin.Keeping;
import org.hearthwatch.api.store.StoreLayout;
import org.hearthwatch.api.store.StoreLayout.Block;
import org.hearthwatch.api.store.StoreStatus;
import org.hearthwatch.shell.text.Json;
import org.hearthwatch.shell.text.Moments;
import org.hearthwatch.shell.text.Numbers;
import org.hearthwatch.shell.text.Printable;
import org.hearthwatch.shell.text.Table;

/** How {@code hw:store-status} shows where samples are, for people and for scripts. */
final class StoreViews {

    private final ZoneId zone;

    StoreViews(ZoneId zone) {
        this.zone = zone;
    }

    /** The blocks of one tier together. */
    private record Tier(Duration resolution, List<Block> blocks) {

        long bytes() {
            return blocks.stream().mapToLong(Block::bytes).sum();
        }

        long samples() {
            return blocks.stream().mapToLong(Block::samples).sum();
        }
    }

    void show(StoreLayout layout, StoreStatus status, List<Keeping> retention, boolean everyBlock, Screen screen) {
        screen.foreign(status.readOnly()
                .map(why -> "Takes nothing: " + why)
                .orElse("Takes samples, " + Numbers.brief(status.samplesPerSecond()) + "/s."));
        screen.line("  log         " + layout.log().segments() + " files, "
                + new ByteSize(layout.log().bytes()));
        StoreLayout.Head head = layout.head();
        screen.line("  memory      " + head.series() + " series, " + Numbers.brief((double) head.samples())
                + " samples in " + Numbers.brief((double) head.chunks()) + " chunks, " + new ByteSize(head.bytes())
                + head.from().map(from -> ", since " + Moments.show(from, zone)).orElse(""));
        screen.line("  disk        " + new ByteSize(status.diskBytes()) + " in all");
        screen.line("");
        screen.table(tiers(layout, retention), "There are no blocks yet; the first is written after about an hour.");
        if (everyBlock && !layout.blocks().isEmpty()) {
            screen.line("");
            screen.table(blocks(layout.blocks()), "");
        }
        if (layout.deletions() > 0) {
            screen.line("");
            screen.line("Deletions whose disk space is still taken: " + layout.deletions()
                    + ". It comes back by itself; hw:store-delete --reclaim gives it back now.");
        }
        tell("Kept because something in them could not be read:", layout.quarantined(), screen);
        tell("Damage met since the start:", layout.problems(), screen);
    }

    private static void tell(String heading, List<String> lines, Screen screen) {
        if (!lines.isEmpty()) {
            screen.line("");
            screen.line(heading);
            lines.forEach(line -> screen.line("  " + Printable.of(line)));
        }
    }

    private Table tiers(StoreLayout layout, List<Keeping> retention) {
        var table = new Table("TIER", "BLOCKS>", "SAMPLES>", "SIZE>", "B/SAMPLE>", "FROM", "TO", "KEPT");
        for (Tier tier : tiersOf(layout, retention)) {
            long samples = tier.samples();
            table.row(
                    name(tier.resolution()),
                    Integer.toString(tier.blocks().size()),
                    Numbers.brief((double) samples),
                    new ByteSize(tier.bytes()).toString(),
                    samples == 0 ? "" : String.format(Locale.ROOT, "%.2f", tier.bytes() / (double) samples),
                    tier.blocks().stream()
                            .map(Block::from)
                            .min(Instant::compareTo)
                            .map(from -> Moments.show(from, zone))
                            .orElse(""),
                    tier.blocks().stream()
                            .map(Block::to)
                            .max(Instant::compareTo)
                            .map(to -> Moments.show(to, zone))
                            .orElse(""),
                    kept(tier.resolution(), retention));
        }
        return table;
    }

    private static List<Tier> tiersOf(StoreLayout layout, List<Keeping> retention) {
        var resolutions = new TreeSet<Duration>();
        layout.blocks().forEach(block -> resolutions.add(block.resolution()));
        retention.forEach(keeping -> resolutions.add(keeping.resolution()));
        var tiers = new ArrayList<Tier>();
        for (Duration resolution : resolutions) {
            tiers.add(new Tier(
                    resolution,
                    layout.blocks().stream()
                            .filter(block -> block.resolution().equals(resolution))
                            .toList()));
        }
        return layout.blocks().isEmpty() && retention.isEmpty() ? List.of() : tiers;
    }

    private static String kept(Duration resolution, List<Keeping> retention) {
        return retention.stream()
                .filter(keeping -> keeping.resolution().equals(resolution))
                .map(keeping -> HumanDuration.format(keeping.time())
                        + (keeping.bytes().isPresent()
                                ? ", at most " + new ByteSize(keeping.bytes().getAsLong())
                                : ""))
                .findFirst()
                .orElse("");
    }

    private Table blocks(List<Block> blocks) {
        var table = new Table("BLOCK", "TIER", "LEVEL>", "SERIES>", "SAMPLES>", "SIZE>", "FROM", "TO");
        blocks.forEach(block -> table.row(
                block.name(),
                name(block.resolution()),
                Integer.toString(block.level()),
                Long.toString(block.series()),
                Numbers.brief((double) block.samples()),
                new ByteSize(block.bytes()).toString(),
                Moments.show(block.from(), zone),
                Moments.show(block.to(), zone)));
        return table;
    }

    private static String name(Duration resolution) {
        return resolution.isZero() ? "raw" : HumanDuration.format(resolution);
    }

    static void write(Json json, StoreLayout layout, StoreStatus status, List<Keeping> retention) {
        StoreLayout.Head head = layout.head();
        json.field("readOnly", status.readOnly())
                .field("samplesPerSecond", status.samplesPerSecond())
                .field("diskBytes", status.diskBytes())
                .object(
                        "log",
                        log -> log.field("segments", layout.log().segments())
                                .field("bytes", layout.log().bytes()))
                .object(
                        "head",
                        fields -> fields.field("series", head.series())
                                .field("samples", head.samples())
                                .field("chunks", head.chunks())
                                .field("bytes", head.bytes())
                                .field("from", head.from())
                                .field("to", head.to()))
                .array(
                        "blocks",
                        layout.blocks(),
                        (fields, block) -> fields.field("name", block.name())
                                .field("resolution", block.resolution())
                                .field("level", block.level())
                                .field("from", block.from())
                                .field("to", block.to())
                                .field("series", block.series())
                                .field("samples", block.samples())
                                .field("bytes", block.bytes()))
                .array("retention", retention, (fields, keeping) -> {
                    fields.field("resolution", keeping.resolution()).field("time", keeping.time());
                    OptionalLong bytes = keeping.bytes();
                    if (bytes.isPresent()) {
                        fields.field("bytes", bytes.getAsLong());
                    }
                })
                .field("deletions", layout.deletions())
                .strings("quarantined", layout.quarantined())
                .strings("problems", layout.problems());
    }
}
