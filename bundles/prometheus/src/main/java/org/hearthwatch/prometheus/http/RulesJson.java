package org.hearthwatch.prometheus.http;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.hearthwatch.api.alert.ActiveAlert;
import org.hearthwatch.api.alert.RuleGroupStatus;
import org.hearthwatch.api.alert.RuleStatus;
import org.hearthwatch.prometheus.http.json.GoFloat.Layout;
import org.hearthwatch.prometheus.http.json.JsonOut;

/** Rules and alerts in the forms of the API. */
final class RulesJson {

    private static final String NEVER = "0001-01-01T00:00:00Z";

    private RulesJson() {}

    /** A group, of which only some rules are shown. */
    record Group(RuleGroupStatus status, List<RuleStatus> rules) {}

    /** @param alerts whether the alerts of each rule are shown */
    static void group(JsonOut json, Group group, boolean alerts) throws IOException {
        RuleGroupStatus status = group.status();
        json.object().key("name").string(status.name()).key("file").string(status.file());
        json.key("rules").array();
        for (RuleStatus rule : group.rules()) {
            if (rule instanceof RuleStatus.Alerting alerting) {
                alerting(json, alerting, alerts);
            } else {
                json.object();
                common(json, rule);
                json.key("type").string("recording").endObject();
            }
        }
        json.endArray().key("interval").seconds(status.interval());
        json.key("limit").number(status.limit());
        json.key("evaluationTime").seconds(status.evaluationTime());
        json.key("lastEvaluation").string(time(status.lastEvaluation())).endObject();
    }

    static void alert(JsonOut json, ActiveAlert alert) throws IOException {
        json.object().key("labels");
        Values.labels(json, alert.labels());
        json.key("annotations");
        Values.texts(json, new TreeMap<>(alert.annotations()));
        json.key("state").string(alert.state().word());
        json.key("activeAt").string(alert.activeAt().toString());
        if (alert.keepFiringSince().isPresent()) {
            json.key("keepFiringSince").string(time(alert.keepFiringSince()));
        }
        json.key("value").value(alert.value(), Layout.EXPONENT).endObject();
    }

    private static void alerting(JsonOut json, RuleStatus.Alerting rule, boolean alerts) throws IOException {
        json.object().key("state").string(rule.state().word());
        common(json, rule);
        json.key("duration").seconds(rule.holdFor());
        json.key("keepFiringFor").seconds(rule.keepFiringFor());
        json.key("annotations");
        Values.texts(json, new TreeMap<>(rule.annotations()));
        json.key("alerts");
        if (alerts) {
            json.array();
            for (ActiveAlert alert : rule.alerts()) {
                alert(json, alert);
            }
            json.endArray();
        } else {
            json.nothing();
        }
        json.key("type").string("alerting").endObject();
    }

    private static void common(JsonOut json, RuleStatus rule) throws IOException {
        json.key("name").string(rule.name()).key("query").string(rule.query());
        // A recording rule without labels has no field for them.
        if (rule instanceof RuleStatus.Alerting || !rule.labels().isEmpty()) {
            json.key("labels");
            Values.labels(json, rule.labels());
        }
        json.key("health").string(rule.health().word());
        if (rule.lastError().isPresent()) {
            json.key("lastError").string(rule.lastError().get());
        }
        json.key("evaluationTime").seconds(rule.evaluationTime());
        json.key("lastEvaluation").string(time(rule.lastEvaluation()));
    }

    private static String time(Optional<Instant> time) {
        return time.map(Instant::toString).orElse(NEVER);
    }
}
