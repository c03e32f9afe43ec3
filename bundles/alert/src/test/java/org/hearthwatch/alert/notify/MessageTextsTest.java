package org.hearthwatch.alert.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.api.notify.NotifiedAlert;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTextsTest {

    private static final String FIRING_LIST = """
            Labels:
             - alertname = A
             - host = h2
             - severity = warning
            Annotations:
             - summary = s & <b>
             - z = zz
            Source:\s
            """;
    private static final String RESOLVED_LIST = """
            Labels:
             - alertname = A
             - host = h1
             - severity = warning
            Annotations:
             - runbook = r
             - summary = s & <b>
            Source: http://p/g?x=1&y
            """;
    private static final String SPACED =
            "\nAlerts Firing:\n" + FIRING_LIST + "\n\n\nAlerts Resolved:\n" + RESOLVED_LIST + "\n\n";
    private static final String DENSE = "Alerts Firing:\n" + FIRING_LIST + "\nAlerts Resolved:\n" + RESOLVED_LIST;
    private static final Map<String, String> BOTH = Map.of(
            "slack.default.title", "[FIRING:1] A (warning)",
            "slack.default.text", "",
            "pushover.default.message", "s & <b>\n" + SPACED,
            "sns.default.message", "s & <b>\n" + SPACED,
            "webex.default.message", "s & <b>\n" + SPACED,
            "telegram.default.message", "\n" + SPACED,
            "discord.default.message", "\n" + SPACED,
            "opsgenie.default.description", "s & <b>\n" + DENSE,
            "victorops.default.state_message", "s & <b>\n" + DENSE,
            "wechat.default.message",
                    "[FIRING:1] A (warning)\ns & <b>\n" + DENSE + "\nAlertmanagerUrl:\nhttps://watch.home/alerts");

    private static NotifiedAlert alert(boolean resolved, String host, Map<String, String> annotations, String url) {
        return new NotifiedAlert(
                resolved,
                Labels.of("alertname", "A", "host", host, "severity", "warning"),
                annotations,
                TestClock.START,
                resolved ? TestClock.START.plusSeconds(60) : Instant.EPOCH,
                url,
                "0123456789abcdef",
                Optional.empty(),
                Optional.empty());
    }

    /** Of one receiver's message, with what all alerts share as Alertmanager finds it. */
    private static MessageTexts texts(Labels common, Map<String, String> commonAnnotations, NotifiedAlert... alerts) {
        var data = new TemplateData(
                "ops",
                List.of(alerts),
                "first notification",
                Labels.of("alertname", "A"),
                common,
                commonAnnotations,
                Map.of(),
                "https://watch.home");
        return new MessageTexts(data, TemplateFiles.DEFAULT, TestClock.atStart(), System::nanoTime);
    }

    private static NotifiedAlert alert(String instance, boolean resolved) {
        return new NotifiedAlert(
                resolved,
                Labels.of("alertname", "Down", "instance", instance, "severity", "critical"),
                Map.of("summary", "<b>" + instance + "</b> is gone"),
                TestClock.START,
                resolved ? TestClock.START.plusSeconds(60) : Instant.EPOCH,
                "http://prom",
                "0123456789abcdef",
                Optional.empty(),
                Optional.empty());
    }

    private static MessageTexts texts(TemplateFiles files) {
        var data = new TemplateData(
                "ops+1",
                List.of(alert("nas", false), alert("pi", true)),
                "first notification",
                Labels.of("alertname", "Down"),
                Labels.of("alertname", "Down", "severity", "critical"),
                Map.of(),
                Map.of("room", "cellar"),
                "https://watch.home");
        return new MessageTexts(data, files, TestClock.atStart(), System::nanoTime);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "plain ~ plain",
                "{{ .Status | toUpper }} {{ .Receiver }} ~ FIRING ops\\+1",
                "{{ len .Alerts.Firing }}/{{ .Alerts.Resolved | len }} ~ 1/1",
                "{{ .CommonLabels.SortedPairs.Values | join \" \" }} ~ Down critical",
                "{{ (.CommonLabels.Remove .GroupLabels.Names).Values.Join \",\" }} ~ critical",
                "{{ .CommonLabels.missing }}x ~ x",
                "{{ range .Alerts }}{{ .Labels.instance }} {{ .StartsAt.Format \"15:04\" }};{{ end }} ~ nas 03:04;pi 03:04;",
                "{{ range .Alerts.Firing }}{{ .EndsAt.IsZero }}{{ .Fingerprint }}{{ end }} ~ true0123456789abcdef",
                "{{ template \"slack.default.title\" . }} ~ [FIRING:1] Down (critical)",
                "{{ date \"2006-01-02\" (index .Alerts 0).StartsAt }} ~ 2026-01-02",
                "{{ (tz \"Europe/Berlin\" (index .Alerts 0).StartsAt).Hour }} ~ 4",
                "{{ humanizeDuration 3661.0 }} {{ title \"HELLO there\" }} ~ 1h 1m 1s Hello There",
                "{{ toJson (dict \"a\" 1 \"b\" (list \"c\")) }} ~ {\"a\":1,\"b\":[\"c\"]}",
                "{{ reReplaceAll \"n(.)s\" \"$1\" \"nas\" }} {{ routeLabels \"room\" }} ~ a cellar",
                "{{ .NotificationReason }} {{ .ExternalURL }} ~ first notification https://watch.home"
            })
    void speaks_alertmanagers_language(String template, String text) throws Exception {
        assertThat(texts(TemplateFiles.DEFAULT).text(template)).isEqualTo(text);
    }

    /** Those of Alertmanager, which people's own templates call, and the defaults of its receivers. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "discord.default.content",
                "discord.default.message",
                "discord.default.title",
                "email.default.html",
                "email.default.subject",
                "jira.default.description",
                "jira.default.priority",
                "jira.default.summary",
                "mattermost.default.color",
                "mattermost.default.fallback",
                "mattermost.default.text",
                "mattermost.default.title",
                "mattermost.default.titlelink",
                "mattermost.default.username",
                "msteams.default.summary",
                "msteams.default.text",
                "msteams.default.title",
                "msteamsv2.default.text",
                "msteamsv2.default.title",
                "opsgenie.default.description",
                "opsgenie.default.message",
                "opsgenie.default.source",
                "pagerduty.default.client",
                "pagerduty.default.clientURL",
                "pagerduty.default.description",
                "pagerduty.default.instances",
                "pushover.default.message",
                "pushover.default.title",
                "pushover.default.url",
                "rocketchat.default.alias",
                "rocketchat.default.emoji",
                "rocketchat.default.iconurl",
                "rocketchat.default.text",
                "rocketchat.default.title",
                "rocketchat.default.titlelink",
                "slack.default.callbackid",
                "slack.default.color",
                "slack.default.fallback",
                "slack.default.footer",
                "slack.default.iconemoji",
                "slack.default.iconurl",
                "slack.default.pretext",
                "slack.default.text",
                "slack.default.title",
                "slack.default.titlelink",
                "slack.default.username",
                "sns.default.message",
                "sns.default.subject",
                "telegram.default.message",
                "victorops.default.entity_display_name",
                "victorops.default.monitoring_tool",
                "victorops.default.state_message",
                "webex.default.message",
                "wechat.default.agent_id",
                "wechat.default.message",
                "wechat.default.to_party",
                "wechat.default.to_tag",
                "wechat.default.to_user"
            })
    void knows_alertmanagers_own_templates(String name) throws Exception {
        MessageTexts texts = texts(TemplateFiles.DEFAULT);

        // This one alone is given alerts.
        String dot = name.equals("pagerduty.default.instances") ? ".Alerts" : ".";
        String call = "{{ template \"" + name + "\" " + dot + " }}";
        assertThat(texts.text(call)).doesNotContain("<no value>");
        assertThat(texts.html(call)).doesNotContain("<b>nas");
    }

    /** What Alertmanager 0.25 makes of one firing and one resolved alert. */
    @Test
    void default_texts_are_alertmanagers_to_the_letter() throws Exception {
        MessageTexts texts = texts(
                Labels.of("alertname", "A", "severity", "warning"),
                Map.of("summary", "s & <b>"),
                alert(false, "h2", Map.of("summary", "s & <b>", "z", "zz"), ""),
                alert(true, "h1", Map.of("summary", "s & <b>", "runbook", "r"), "http://p/g?x=1&y"));

        for (Map.Entry<String, String> each : BOTH.entrySet()) {
            assertThat(texts.text("{{ template \"" + each.getKey() + "\" . }}"))
                    .as(each.getKey())
                    .isEqualTo(each.getValue());
        }
    }

    @Test
    void default_texts_are_alertmanagers_where_nothing_fires_too() throws Exception {
        MessageTexts texts = texts(
                Labels.of("alertname", "A", "host", "h1", "severity", "warning"),
                Map.of(),
                alert(true, "h1", Map.of(), ""));

        String list = "Labels:\n - alertname = A\n - host = h1\n - severity = warning\nAnnotations:\nSource: \n";
        assertThat(texts.text("{{ template \"discord.default.message\" . }}"))
                .isEqualTo("\n\n\nAlerts Resolved:\n" + list + "\n\n");
        assertThat(texts.text("{{ template \"opsgenie.default.description\" . }}"))
                .isEqualTo("\n\nAlerts Resolved:\n" + list);
        assertThat(texts.text("{{ template \"__subject\" . }}")).isEqualTo("[RESOLVED] A (h1 warning)");
    }

    @Test
    void html_escapes_what_is_filled_in_but_not_what_is_safe() throws Exception {
        String template = "<p>{{ (index .Alerts 0).Annotations.summary }}</p>{{ \"<hr>\" | safeHtml }}";

        assertThat(texts(TemplateFiles.DEFAULT).html(template)).isEqualTo("<p>&lt;b&gt;nas&lt;/b&gt; is gone</p><hr>");
        assertThat(texts(TemplateFiles.DEFAULT).text(template)).isEqualTo("<p><b>nas</b> is gone</p><hr>");
    }

    @Test
    void files_may_replace_what_we_ship() throws Exception {
        TemplateFiles files = TemplateFiles.with(
                List.of(new TemplateFiles.Entry("my.tmpl", "{{ define \"__subject\" }}mine{{ end }}")));

        assertThat(texts(files).text("{{ template \"email.default.subject\" . }}"))
                .isEqualTo("mine");
    }

    @Test
    void a_wrong_template_is_not_tried_again() {
        assertThatThrownBy(() -> texts(TemplateFiles.DEFAULT).text("{{ .Nothing }}"))
                .isInstanceOfSatisfying(
                        DeliveryException.class,
                        problem -> assertThat(problem.retryable()).isFalse())
                .hasMessageContaining("can't evaluate field Nothing");
    }
}
