package org.hearthwatch.store.osgi;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hearthwatch.api.config.ByteSize;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.store.blocks.Keeping.Tier;

/** Reads {@code 5m:90d,1h:3y:2GB} or {@code off}. */
final class TiersReader {

    private static final String ALLOWED = "off, or up to 4 tiers with commas between them, each as width:time or"
            + " width:time:size, such as 5m:90d,1h:3y; a width of 1m to 6h that divides a day and is a multiple of the one"
            + " before, and a time of 1d to 100y";
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final int MOST = 4;

    private TiersReader() {}

    /** @throws InvalidSettingException if the text is not one of those */
    static List<Tier> tiers(String text) {
        if (text.trim().equals("off")) {
            return List.of();
        }
        List<Tier> tiers = SettingsReader.READER.parsed("tiers", text, ALLOWED, TiersReader::written);
        tiers.sort(Comparator.comparingLong(Tier::width));
        long before = 0;
        for (Tier tier : tiers) {
            boolean width = tier.width() >= 60_000 && tier.width() <= DAY / 4 && DAY % tier.width() == 0;
            boolean fits = before == 0 || (tier.width() > before && tier.width() % before == 0);
            boolean time = tier.keptMillis() >= DAY && tier.keptMillis() <= 36_500 * DAY;
            if (!width || !fits || !time || tiers.size() > MOST) {
                throw SettingsReader.READER.refused("tiers", text, ALLOWED);
            }
            before = tier.width();
        }
        return tiers;
    }

    private static List<Tier> written(String text) {
        var tiers = new ArrayList<Tier>();
        for (String part : text.split(",", -1)) {
            String[] words = part.trim().split(":", -1);
            if (words.length < 2 || words.length > 3) {
                throw new IllegalArgumentException("a tier is width:time or width:time:size");
            }
            tiers.add(new Tier(
                    HumanDuration.parse(words[0]).toMillis(),
                    HumanDuration.parse(words[1]).toMillis(),
                    words.length == 3 ? ByteSize.parse(words[2]).bytes() : 0));
        }
        return tiers;
    }
}
