package org.hearthwatch.prometheus.http;

import java.io.IOException;
import org.hearthwatch.prometheus.http.json.JsonOut;

/**
 * What {@code /status/buildinfo} and {@code /version} say. Clients decide by the version what they may ask for, so it is
 * that of the Prometheus whose API this is; the revision says who really answers. There is no {@code features}: Grafana
 * would take it for another product.
 *
 * @param own version of this program
 */
record BuildInfo(String own) {

    /** The Prometheus whose API and language these are. */
    static final String PROMETHEUS = "3.5.0";

    void write(JsonOut json) throws IOException {
        json.object().key("version").string(PROMETHEUS);
        json.key("revision").string("hearthwatch-" + own);
        json.key("branch")
                .string("")
                .key("buildUser")
                .string("")
                .key("buildDate")
                .string("");
        json.key("goVersion").string("").endObject();
    }
}
