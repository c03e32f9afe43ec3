package org.hearthwatch.prometheus.http;

import java.io.IOException;
import java.time.Duration;
import org.hearthwatch.api.query.QueryResult;
import org.hearthwatch.api.query.QueryStats;
import org.hearthwatch.prometheus.http.json.JsonOut;

/**
 * What an answer cost, as the API shows it when {@code stats} is asked for. The samples of each step are left out:
 * Prometheus shows them only under a feature flag.
 */
final class StatsJson {

    private StatsJson() {}

    static void write(JsonOut json, QueryResult result) throws IOException {
        QueryStats stats = result.stats();
        Duration executed = stats.queued().plus(stats.parsed()).plus(stats.evaluated());
        json.object().key("timings").object();
        json.key("evalTotalTime").seconds(stats.parsed().plus(stats.evaluated()));
        json.key("resultSortTime").number(0);
        json.key("queryPreparationTime").seconds(stats.parsed());
        json.key("innerEvalTime").seconds(stats.evaluated());
        json.key("execQueueTime").seconds(stats.queued());
        json.key("execTotalTime").seconds(executed);
        json.endObject().key("samples").object();
        json.key("totalQueryableSamples").number(stats.samples());
        json.key("peakSamples").number(stats.peakSamples());
        json.endObject().endObject();
    }
}
