package org.hearthwatch.prometheus.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.hearthwatch.api.alert.RuleGroupStatus;
import org.hearthwatch.api.alert.RuleMonitor;
import org.hearthwatch.api.alert.RuleStatus;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.web.Exchange;

/** {@code /rules} and {@code /alerts}; both are empty while there is nobody who evaluates rules. */
final class RulesApi {

    private static final String SEPARATOR = ";";

    private final Supplier<Optional<RuleMonitor>> monitor;

    RulesApi(Supplier<Optional<RuleMonitor>> monitor) {
        this.monitor = monitor;
    }

    void rules(Exchange exchange) throws IOException, ApiProblem {
        var parameters = new Parameters(exchange);
        Predicate<RuleStatus> wanted = kind(parameters)
                .and(oneOf(exchange, "rule_name[]", RuleStatus::name))
                .and(labels(exchange));
        Predicate<RuleGroupStatus> wantedGroup = oneOf(exchange, "rule_group[]", RuleGroupStatus::name);
        Predicate<RuleGroupStatus> wantedFile = oneOf(exchange, "file[]", RuleGroupStatus::file);
        boolean alerts = !flag(parameters, "exclude_alerts");
        Optional<Long> most = groupLimit(parameters);
        Optional<String> token = parameters.text("group_next_token");
        if (token.isPresent() && most.isEmpty()) {
            throw ApiProblem.invalid(
                    "group_next_token", "group_limit needs to be present in order to paginate over the groups");
        }
        var shown = new ArrayList<RulesJson.Group>();
        for (RuleGroupStatus group : groups()) {
            if (wantedGroup.test(group) && wantedFile.test(group)) {
                List<RuleStatus> rules = group.rules().stream().filter(wanted).toList();
                if (!rules.isEmpty()) {
                    shown.add(new RulesJson.Group(group, rules));
                }
            }
        }
        int from = token.isEmpty() ? 0 : place(shown, token.get());
        int to = (int) Math.min(shown.size(), from + most.orElse((long) shown.size()));
        Answer.success(exchange, json -> {
            json.object().key("groups").array();
            for (RulesJson.Group group : shown.subList(from, to)) {
                RulesJson.group(json, group, alerts);
            }
            json.endArray();
            if (to < shown.size()) {
                json.key("groupNextToken").string(token(shown.get(to).status()));
            }
            json.endObject();
        });
    }

    void alerts(Exchange exchange) throws IOException {
        List<RuleGroupStatus> groups = groups();
        Answer.success(exchange, json -> {
            json.object().key("alerts").array();
            for (RuleGroupStatus group : groups) {
                for (RuleStatus rule : group.rules()) {
                    if (rule instanceof RuleStatus.Alerting alerting) {
                        for (var alert : alerting.alerts()) {
                            RulesJson.alert(json, alert);
                        }
                    }
                }
            }
            json.endArray().endObject();
        });
    }

    private List<RuleGroupStatus> groups() {
        return monitor.get().map(RuleMonitor::groups).orElse(List.of());
    }

    private static Predicate<RuleStatus> kind(Parameters parameters) throws ApiProblem {
        Optional<String> type = parameters.text("type");
        if (type.isEmpty()) {
            return rule -> true;
        }
        return switch (type.get().toLowerCase(java.util.Locale.ROOT)) {
            case "alert" -> RuleStatus.Alerting.class::isInstance;
            case "record" -> RuleStatus.Recording.class::isInstance;
            default -> throw ApiProblem.invalid("type", "not supported value " + GoText.quoted(type.get()));
        };
    }

    private static Predicate<RuleStatus> labels(Exchange exchange) throws ApiProblem {
        List<List<Matcher>> selectors = Selectors.selective(exchange.parameters(SeriesApi.MATCH), ApiProblem::badData);
        Predicate<Labels> any =
                selectors.stream().map(Matching::of).reduce(labels -> selectors.isEmpty(), Predicate::or);
        return rule -> any.test(rule.labels());
    }

    private static <T> Predicate<T> oneOf(
            Exchange exchange, String parameter, java.util.function.Function<T, String> property) {
        var names = java.util.Set.copyOf(exchange.parameters(parameter));
        return each -> names.isEmpty() || names.contains(property.apply(each));
    }

    private static boolean flag(Parameters parameters, String name) throws ApiProblem {
        Optional<String> given = parameters.text(name);
        try {
            return given.isPresent() && GoText.bool(given.get());
        } catch (IllegalArgumentException e) {
            throw ApiProblem.invalid(name, "error converting " + name + ": " + e.getMessage());
        }
    }

    private static Optional<Long> groupLimit(Parameters parameters) throws ApiProblem {
        Optional<String> given = parameters.text("group_limit");
        if (given.isEmpty()) {
            return Optional.empty();
        }
        long limit;
        try {
            limit = GoText.whole("ParseInt", given.get());
        } catch (NumberFormatException e) {
            throw ApiProblem.invalid("group_limit", "group_limit needs to be a valid number: " + e.getMessage());
        }
        if (limit <= 0) {
            throw ApiProblem.invalid("group_limit", "group_limit needs to be greater than 0");
        }
        return Optional.of(limit);
    }

    private static int place(List<RulesJson.Group> groups, String token) throws ApiProblem {
        for (int i = 0; i < groups.size(); i++) {
            if (token(groups.get(i).status()).equals(token)) {
                return i;
            }
        }
        throw ApiProblem.invalid(
                "group_next_token", "invalid group_next_token '" + token + "'. were rule groups changed?");
    }

    /** A name for a group that gives nothing away and survives that others come and go. */
    private static String token(RuleGroupStatus group) {
        try {
            byte[] name = String.join(SEPARATOR, group.file(), group.name()).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(name));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-1", e);
        }
    }
}
