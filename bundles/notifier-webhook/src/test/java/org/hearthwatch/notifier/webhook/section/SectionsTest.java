package org.hearthwatch.notifier.webhook.section;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.hearthwatch.notifier.webhook.Receiver.saying;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.api.notify.InvalidReceiverException;
import org.hearthwatch.api.notify.Notification;
import org.hearthwatch.api.notify.Texts;
import org.hearthwatch.notifier.webhook.Bench;
import org.hearthwatch.notifier.webhook.Draft;
import org.hearthwatch.notifier.webhook.Json;
import org.hearthwatch.notifier.webhook.Receiver;
import org.hearthwatch.notifier.webhook.Samples;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each service is sent, field by field, over the wire. Templates are not expanded here: they show as they are. */
class SectionsTest {

    private static final String TELEGRAM_OK = "{\"ok\":true,\"result\":{\"message_id\":7}}";

    private Bench bench;

    @BeforeEach
    void begin() throws IOException {
        bench = new Bench();
        bench.secrets.values().put("secret:bot", "123:AB");
    }

    @AfterEach
    void end() {
        bench.close();
    }

    private Receiver.Request sent(Notification notification, String section, Object... entry) throws Exception {
        bench.section(section, entry).deliver(notification);
        return bench.receiver.request();
    }

    private static void assertBody(Receiver.Request request, String json) {
        assertThat(request.headers()).containsEntry("content-type", "application/json");
        assertThat(request.json().toPrettyString()).isEqualTo(Json.read(json).toPrettyString());
    }

    @Test
    void a_webhook_is_told_as_alertmanager_tells_it() throws Exception {
        Receiver.Request request =
                sent(Samples.mixed(), "webhook_configs", "url", "URL/hook?a=b", "send_resolved", true);

        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.target()).isEqualTo("/hook?a=b");
        assertBody(request, """
                {"receiver": "ops", "status": "firing",
                 "alerts": [
                  {"status": "firing",
                   "labels": {"alertname": "DiskFull", "instance": "pve:9100", "severity": "critical"},
                   "annotations": {"summary": "pve is full"},
                   "startsAt": "2026-01-02T03:04:05.12Z", "endsAt": "0001-01-01T00:00:00Z",
                   "generatorURL": "https://watch.home/graph?g0.expr=1", "fingerprint": "aaaaaaaaaaaaaaaa"},
                  {"status": "resolved",
                   "labels": {"alertname": "DiskFull", "instance": "nas:9100", "severity": "critical"},
                   "annotations": {"summary": "nas is full"},
                   "startsAt": "2026-01-02T03:04:05.12Z", "endsAt": "2026-01-02T04:00:00Z",
                   "generatorURL": "https://watch.home/graph?g0.expr=1", "fingerprint": "bbbbbbbbbbbbbbbb"}],
                 "groupLabels": {"alertname": "DiskFull"},
                 "commonLabels": {"alertname": "DiskFull", "severity": "critical"},
                 "commonAnnotations": {"team": "home"},
                 "externalURL": "https://watch.home", "version": "4",
                 "groupKey": "{}:{alertname=\\"DiskFull\\"}", "truncatedAlerts": 0}""");
    }

    @Test
    void a_webhook_is_told_no_more_alerts_than_it_wants() throws Exception {
        Receiver.Request request = sent(Samples.mixed(), "webhook_configs", "url", "URL/hook", "max_alerts", 1L);

        assertThat(request.json().path("alerts")).hasSize(1);
        assertThat(request.json().path("truncatedAlerts").asInt()).isEqualTo(1);
        // What is common to one alert is all it has.
        assertThat(request.json().path("commonLabels").path("instance").asText())
                .isEqualTo("pve:9100");
    }

    @Test
    void a_webhook_may_have_a_payload_of_its_own() throws Exception {
        Texts json = new Texts() {
            @Override
            public String text(String template) {
                return template.equals("{{ . }}") ? "[1, {\"a\": null}]" : template;
            }

            @Override
            public String html(String template) {
                return text(template);
            }
        };
        Receiver.Request request = sent(
                Samples.of(json, Samples.alert(false, "critical", false)),
                "webhook_configs",
                "url",
                "URL/hook",
                "payload",
                Map.of("list", List.of("{{ . }}", "word")));

        assertBody(request, "{\"list\": [[1, {\"a\": null}], \"word\"]}");
    }

    private static final Map<String, Object> AWS = Map.of("access_key", "AKIDEXAMPLE", "secret_key", "secret:token");

    @Test
    void sns_is_asked_to_publish_with_a_signature() throws Exception {
        bench.receiver.next(saying(
                200,
                "<PublishResponse><PublishResult><MessageId>567910cd</MessageId></PublishResult></PublishResponse>"));
        String said = bench.section(
                        "sns_configs",
                        "api_url",
                        "URL",
                        "topic_arn",
                        "arn:aws:sns:eu-central-1:123456789012:alerts.fifo",
                        "subject",
                        "Disk «full»",
                        "message",
                        "a&b",
                        "attributes",
                        Map.of("key", "v", "none", ""),
                        "sigv4",
                        AWS)
                .deliver(Samples.mixed());

        Receiver.Request request = bench.receiver.request();
        assertThat(said).isEqualTo("HTTP 200: message 567910cd");
        assertThat(request.body())
                .isEqualTo("Action=Publish&Version=2010-03-31"
                        + "&TopicArn=arn%3Aaws%3Asns%3Aeu-central-1%3A123456789012%3Aalerts.fifo&Message=a%26b"
                        + "&Subject=Disk%20%20full"
                        + "&MessageGroupId=" + new Draft(Samples.mixed(), bench.secrets).groupHash()
                        + "&MessageDeduplicationId=key-1%2Fe"
                        + "&MessageAttributes.entry.1.Name=key&MessageAttributes.entry.1.Value.DataType=String"
                        + "&MessageAttributes.entry.1.Value.StringValue=v");
        assertThat(request.headers()).containsEntry("x-amz-date", "20260102T030405Z");
        assertThat(request.headers().get("authorization"))
                .startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260102/eu-central-1/sns/aws4_request,"
                        + " SignedHeaders=content-type;host;x-amz-date, Signature=");
    }

    @Test
    void sns_cuts_what_goes_to_a_telephone_and_says_so() throws Exception {
        Receiver.Request request = sent(
                Samples.firing("critical"),
                "sns_configs",
                "api_url",
                "URL/",
                "phone_number",
                "+4917000000",
                "subject",
                "",
                "message",
                "x".repeat(2_000),
                "sigv4",
                Map.of("region", "eu-west-1", "access_key", "A", "secret_key", "B"));

        assertThat(request.body())
                .contains("&PhoneNumber=%2B4917000000&Message=" + "x".repeat(1_599))
                .contains("Name=truncated")
                .doesNotContain("Subject", "x".repeat(1_600));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "topic_arn ~ '' ~ must provide either a Target ARN, Topic ARN, or Phone Number for SNS config",
                "phone_number ~ +49 ~ must provide a AWS SigV4 Access key and Secret Key"
            })
    void sns_without_a_place_or_keys_is_refused(String key, String value, String message) {
        assertThatThrownBy(() -> bench.section("sns_configs", key, value))
                .isInstanceOf(InvalidReceiverException.class)
                .hasMessage(message);
    }

    @Test
    void sns_says_where_it_cannot_get_keys_from() {
        assertThatThrownBy(() -> bench.section(
                        "sns_configs", "topic_arn", "arn:aws:sns:eu-central-1:1:a", "sigv4", Map.of("role_arn", "r")))
                .hasMessage("sigv4.role_arn is not supported: write access_key and secret_key");
    }

    @Test
    void slack_that_is_to_update_messages_gets_new_ones() throws Exception {
        Receiver.Request request =
                sent(Samples.mixed(), "slack_configs", "api_url", "URL/x", "channel", "#ops", "update_message", true);

        assertThat(request.json().path("channel").asText()).isEqualTo("#ops");
    }

    private static final String WECHAT_TOKEN = "{\"errcode\":0,\"access_token\":\"to+ken\",\"expires_in\":7200}";

    @Test
    void wechat_is_told_with_a_token_that_is_kept() throws Exception {
        bench.receiver.next(
                saying(200, WECHAT_TOKEN),
                saying(200, "{\"errcode\":0,\"errmsg\":\"ok to+ken\"}"),
                saying(200, "{\"errcode\":0}"));
        var wechat = bench.section(
                "wechat_configs",
                Map.of("wechat_api_secret", "secret:token", "wechat_api_corp_id", "house"),
                "api_url",
                "URL/cgi-bin",
                "message",
                "full",
                "to_user",
                "ann",
                "to_party",
                "",
                "to_tag",
                "",
                "agent_id",
                "7");

        assertThat(wechat.deliver(Samples.mixed())).isEqualTo("HTTP 200: {\"errcode\":0,\"errmsg\":\"ok ***\"}");
        wechat.deliver(Samples.mixed());

        List<Receiver.Request> requests = bench.receiver.requests();
        assertThat(requests)
                .extracting(Receiver.Request::target)
                .containsExactly(
                        "/cgi-bin/gettoken?corpid=house&corpsecret=" + Bench.TOKEN,
                        "/cgi-bin/message/send?access_token=to%2Bken",
                        "/cgi-bin/message/send?access_token=to%2Bken");
        assertBody(requests.get(1), """
                {"text": {"content": "full"}, "touser": "ann", "agentid": "7", "safe": "0", "msgtype": "text"}""");
    }

    @Test
    void wechat_gets_another_token_when_one_is_over_and_says_what_it_refuses() throws Exception {
        bench.receiver.next(
                saying(200, WECHAT_TOKEN),
                saying(200, "{\"errcode\":42001,\"errmsg\":\"access_token expired\"}"),
                saying(200, WECHAT_TOKEN),
                saying(200, "{\"errcode\":60020,\"errmsg\":\"not allow to access from your ip\"}"));
        var wechat = bench.section(
                "wechat_configs", "api_url", "URL/", "corp_id", "house", "api_secret", "s3cret", "to_user", "@all");

        DeliveryException refusal =
                catchThrowableOfType(DeliveryException.class, () -> wechat.deliver(Samples.mixed()));

        assertThat(refusal).hasMessageContaining("not allow to access from your ip");
        assertThat(refusal.retryable()).isFalse();
        assertThat(bench.receiver.requests()).hasSize(4);
    }

    @Test
    void wechat_without_a_token_is_tried_again_and_repeats_no_secret() throws Exception {
        bench.receiver.next(saying(200, "{\"errcode\":40013,\"errmsg\":\"invalid corpid " + Bench.TOKEN + "\"}"));
        var wechat = bench.section(
                "wechat_configs", "api_url", "URL/", "corp_id", "house", "api_secret", "secret:token", "to_user", "a");

        DeliveryException refusal =
                catchThrowableOfType(DeliveryException.class, () -> wechat.deliver(Samples.mixed()));

        assertThat(refusal)
                .hasMessage("127.0.0.1: no token from 127.0.0.1: HTTP 200, code 40013; see corp_id and api_secret");
        assertThat(refusal.retryable()).isTrue();
    }

    @Test
    void basic_authentication_comes_from_the_global_section_too() throws Exception {
        Map<String, Object> global =
                Map.of("http_config", Map.of("basic_auth", Map.of("username", "u", "password", "secret:token")));
        bench.section("webhook_configs", global, "url", "URL/hook").deliver(Samples.mixed());

        assertThat(bench.receiver.request().headers()).containsEntry("authorization", "Basic dTp0a19nZWhlaW0tMTIz");
    }

    @Test
    void slack_gets_a_card_with_buttons() throws Exception {
        assertBody(
                sent(
                        Samples.firing("critical"),
                        "slack_configs",
                        "api_url",
                        "URL/services/T/B/X",
                        "channel",
                        "#ops",
                        "title",
                        "<t>",
                        "text",
                        "a & b",
                        "username",
                        "",
                        "icon_emoji",
                        "",
                        "icon_url",
                        "",
                        "title_link",
                        "https://watch.home",
                        "pretext",
                        "",
                        "fallback",
                        "f",
                        "callback_id",
                        "",
                        "footer",
                        "",
                        "color",
                        "danger",
                        "fields",
                        List.of(Map.of("title", "k", "value", "v", "short", true)),
                        "actions",
                        List.of(Map.of("type", "button", "text", "go", "url", "https://x")),
                        "escape",
                        true,
                        "buttons",
                        true),
                """
                {"channel": "#ops", "attachments": [{
                  "callback_id": "", "color": "danger", "fallback": "f", "footer": "",
                  "title_link": "https://watch.home",
                  "fields": [{"title": "k", "value": "v", "short": true}],
                  "mrkdwn_in": ["fallback", "pretext", "text"],
                  "title": "&lt;t&gt;", "text": "a &amp; b",
                  "actions": [{"text": "go", "type": "button", "url": "https://x"},
                   {"type": "button", "text": "Acknowledge", "url": "https://watch.home/ack/aaaaaaaaaaaaaaaa?s=1"},
                   {"type": "button", "text": "Silence", "url": "https://watch.home/silence/aaaaaaaaaaaaaaaa?s=1"}]}]}""");
        assertThat(bench.receiver.request().target()).isEqualTo("/services/T/B/X");
    }

    @Test
    void slack_has_alertmanagers_default_templates_where_it_is_not_told_otherwise() throws Exception {
        Receiver.Request request = sent(Samples.firing("critical"), "slack_configs", "api_url", "URL/x");

        assertThat(request.json().path("username").asText()).isEqualTo("{{ template \"slack.default.username\" . }}");
        assertThat(request.json().path("attachments").path(0).path("title").asText())
                .isEqualTo("{{ template \"slack.default.title\" . }}");
        assertThat(request.json().path("attachments").path(0).has("actions")).isFalse();
    }

    @Test
    void slack_by_an_apps_token_says_in_the_body_when_it_failed() throws Exception {
        var notifier =
                bench.section("slack_configs", "app_token", "secret:token", "app_url", "URL/api/chat.postMessage");
        bench.receiver.next(
                saying(200, "{\"ok\":false,\"error\":\"channel_not_found\"}", "Content-Type", "application/json"),
                saying(200, "{\"ok\":false,\"error\":\"ratelimited\"}", "Content-Type", "application/json"));

        assertThat(catchThrowableOfType(DeliveryException.class, () -> notifier.deliver(Samples.mixed())))
                .hasMessageContaining("channel_not_found")
                .matches(e -> !e.retryable());
        assertThat(catchThrowableOfType(DeliveryException.class, () -> notifier.deliver(Samples.mixed())))
                .matches(DeliveryException::retryable);
        assertThat(bench.receiver.requests().get(0).headers()).containsEntry("authorization", "Bearer " + Bench.TOKEN);
    }

    @Test
    void discord_gets_an_embed_that_calls_nobody() throws Exception {
        bench.receiver.next(saying(200, "{\"id\":\"42\"}"));
        assertThat(bench.section(
                                "discord_configs",
                                "webhook_url",
                                "URL/api/webhooks/1/abc",
                                "title",
                                "t",
                                "message",
                                "m",
                                "username",
                                "watch",
                                "buttons",
                                true)
                        .deliver(Samples.firing("critical")))
                .isEqualTo("HTTP 200: message 42");

        assertThat(bench.receiver.request().target()).isEqualTo("/api/webhooks/1/abc?wait=true");
        assertBody(bench.receiver.request(), """
                {"content": "", "embeds": [{"title": "t",
                  "description": "m\\n[Acknowledge](https://watch.home/ack/aaaaaaaaaaaaaaaa?s=1) · [Silence](https://watch.home/silence/aaaaaaaaaaaaaaaa?s=1)",
                  "color": 10038562}],
                 "username": "watch", "allowed_mentions": {"parse": []}}""");
    }

    @Test
    void telegram_gets_html_and_says_how_long_to_wait() throws Exception {
        bench.receiver.next(saying(200, TELEGRAM_OK));
        Receiver.Request request = sent(
                Samples.firing("critical"),
                "telegram_configs",
                "api_url",
                "URL",
                "bot_token",
                "secret:bot",
                "chat_id",
                -100123L,
                "message_thread_id",
                5L,
                "message",
                "<b>x</b>",
                "disable_notifications",
                true,
                "buttons",
                true);

        assertThat(request.target()).isEqualTo("/bot123:AB/sendMessage");
        assertBody(request, """
                {"chat_id": -100123, "text": "<b>x</b>\\n<a href=\\"https://watch.home/ack/aaaaaaaaaaaaaaaa?s=1\\">Acknowledge</a> · <a href=\\"https://watch.home/silence/aaaaaaaaaaaaaaaa?s=1\\">Silence</a>",
                 "link_preview_options": {"is_disabled": true}, "parse_mode": "HTML",
                 "message_thread_id": 5, "disable_notification": true}""");

        bench.receiver.next(saying(429, "{\"ok\":false,\"parameters\":{\"retry_after\":31}}"));
        var notifier = bench.section("telegram_configs", "api_url", "URL", "bot_token", "secret:bot", "chat_id", 1L);
        assertThat(catchThrowableOfType(DeliveryException.class, () -> notifier.deliver(Samples.mixed()))
                        .retryAfter())
                .contains(Duration.ofSeconds(31));
    }

    @Test
    void telegram_never_gets_half_a_tag() throws Exception {
        bench.receiver.next(saying(200, TELEGRAM_OK));
        String text = "<b>" + "<i>wort &amp; wort</i> ".repeat(400) + "</b>";
        Receiver.Request request = sent(
                Samples.of(Samples.always(text), Samples.alert(false, "critical", false)),
                "telegram_configs",
                "api_url",
                "URL",
                "bot_token",
                "secret:bot",
                "chat_id",
                1L);

        String told = request.json().path("text").asText();
        assertThat(told.length()).isBetween(3_900, 4_096);
        assertThat(told)
                .matches("(?s)<b>(<i>wort &amp; wort</i> )*(<i>[^<>]*)?…(</i>)?</b>")
                .doesNotContain("&am…");
    }

    @Test
    void garbage_instead_of_telegrams_answer_is_a_failure() throws Exception {
        bench.receiver.next(saying(200, "<html>Welcome to the router</html>"));
        var notifier = bench.section("telegram_configs", "api_url", "URL", "bot_token", "secret:bot", "chat_id", 1L);

        assertThat(catchThrowableOfType(DeliveryException.class, () -> notifier.deliver(Samples.mixed())))
                .hasMessageContaining("api_url")
                .matches(e -> !e.retryable());
    }

    @Test
    void ntfy_gets_priority_marks_and_buttons() throws Exception {
        Receiver.Request request = sent(
                Samples.firing("critical"),
                "ntfy_configs",
                "url",
                "URL/push/alerts",
                "token",
                "secret:token",
                "title",
                "t",
                "message",
                "m");

        assertThat(request.target()).isEqualTo("/push/");
        assertThat(request.headers()).containsEntry("authorization", "Bearer " + Bench.TOKEN);
        assertBody(request, """
                {"topic": "alerts", "title": "t", "message": "m", "tags": ["rotating_light"], "priority": 5,
                 "click": "https://watch.home",
                 "actions": [
                  {"action": "view", "label": "Acknowledge", "url": "https://watch.home/ack/aaaaaaaaaaaaaaaa?s=1", "clear": true},
                  {"action": "view", "label": "Silence", "url": "https://watch.home/silence/aaaaaaaaaaaaaaaa?s=1", "clear": true}]}""");
    }

    @ParameterizedTest
    @CsvSource({"critical, 5", "warning, 4", "info, 2", "page, 3"})
    void ntfy_is_as_urgent_as_the_gravest_alert(String severity, int priority) throws Exception {
        Receiver.Request request = sent(Samples.firing(severity), "ntfy_configs", "url", "URL/alerts");

        assertThat(request.json().path("priority").asInt()).isEqualTo(priority);
    }

    @Test
    void ntfy_is_told_quietly_that_all_is_well_again() throws Exception {
        Receiver.Request request = sent(Samples.resolved(), "ntfy_configs", "url", "URL/alerts");

        assertThat(request.json().path("priority").asInt()).isEqualTo(2);
        assertThat(request.json().path("tags").path(0).asText()).isEqualTo("white_check_mark");
        assertThat(request.json().has("actions")).isFalse();
    }

    @Test
    void ntfys_limit_is_one_of_bytes_and_no_character_is_cut_in_two() throws Exception {
        Receiver.Request request = sent(
                Samples.of(Samples.always("😀".repeat(3_000)), Samples.alert(false, "critical", false)),
                "ntfy_configs",
                "url",
                "URL/alerts");

        String told = request.json().path("message").asText();
        assertThat(told.getBytes(StandardCharsets.UTF_8).length).isBetween(4_090, 4_096);
        assertThat(told).matches("(?:😀)+…");
    }

    @Test
    void gotify_gets_a_message() throws Exception {
        Receiver.Request request = sent(
                Samples.firing("warning"),
                "gotify_configs",
                "url",
                "URL/gotify/",
                "token",
                "secret:token",
                "title",
                "t",
                "message",
                "m");

        assertThat(request.target()).isEqualTo("/gotify/message");
        assertThat(request.headers()).containsEntry("x-gotify-key", Bench.TOKEN);
        assertThat(request.json().path("title").asText()).isEqualTo("t");
        assertThat(request.json().path("message").asText())
                .isEqualTo("m\nAcknowledge: https://watch.home/ack/aaaaaaaaaaaaaaaa?s=1"
                        + "\nSilence: https://watch.home/silence/aaaaaaaaaaaaaaaa?s=1");
        assertThat(request.json().path("priority").asInt()).isEqualTo(5);
        assertThat(request.json().at("/extras/client::notification/click/url").asText())
                .isEqualTo("https://watch.home");
    }

    @Test
    void matrix_gets_one_event_however_often_it_is_told() throws Exception {
        var notifier = bench.section(
                "matrix_configs",
                "url",
                "URL",
                "token",
                "secret:token",
                "room",
                "!r:home.org",
                "title",
                "t",
                "message",
                "a\nb",
                "buttons",
                false);
        notifier.deliver(Samples.firing("critical"));
        notifier.deliver(Samples.firing("critical"));

        assertThat(bench.receiver.requests())
                .extracting(Receiver.Request::target)
                .containsOnly("/_matrix/client/v3/rooms/%21r%3Ahome.org/send/m.room.message/key-1%2Fe");
        Receiver.Request request = bench.receiver.requests().get(0);
        assertThat(request.method()).isEqualTo("PUT");
        assertBody(request, """
                {"msgtype": "m.text", "body": "t\\n\\na\\nb", "format": "org.matrix.custom.html",
                 "formatted_body": "<p><strong>t</strong></p><p>a<br>b</p>", "m.mentions": {}}""");
    }

    @Test
    void matrix_says_how_long_to_wait() throws Exception {
        bench.receiver.next(saying(429, "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"retry_after_ms\":2500}"));
        var notifier = bench.section("matrix_configs", "url", "URL", "token", "secret:token", "room", "!r:home.org");

        assertThat(catchThrowableOfType(DeliveryException.class, () -> notifier.deliver(Samples.mixed()))
                        .retryAfter())
                .contains(Duration.ofMillis(2_500));
    }

    @Test
    void signal_gets_a_text_for_all_its_recipients() throws Exception {
        Receiver.Request request = sent(
                Samples.resolved(),
                "signal_configs",
                "url",
                "URL",
                "sender",
                "+491234567",
                "recipients",
                List.of("+497654321", "group.abc"),
                "title",
                "t",
                "message",
                "m");

        assertThat(request.target()).isEqualTo("/v2/send");
        assertBody(request, """
                {"message": "t\\n\\nm", "number": "+491234567", "recipients": ["+497654321", "group.abc"]}""");
    }

    @Test
    void apprise_gets_a_type() throws Exception {
        Receiver.Request request = sent(
                Samples.resolved(),
                "apprise_configs",
                "url",
                "URL/notify/home",
                "tag",
                "phones",
                "title",
                "t",
                "message",
                "m");

        assertBody(request, """
                {"title": "t", "body": "m", "type": "success", "format": "text", "tag": "phones"}""");
    }

    @Test
    void mattermost_gets_a_card() throws Exception {
        Receiver.Request request = sent(
                Samples.resolved(),
                "mattermost_configs",
                "webhook_url",
                "URL/hooks/x",
                "channel",
                "town",
                "username",
                "w",
                "text",
                "m",
                "title",
                "t",
                "title_link",
                "",
                "fallback",
                "f",
                "color",
                "good",
                "priority",
                Map.of("priority", "urgent", "requested_ack", true));

        assertBody(request, """
                {"channel": "town", "username": "w",
                 "attachments": [{"fallback": "f", "color": "good", "text": "m", "title": "t"}],
                 "priority": {"priority": "urgent", "requested_ack": true}}""");
    }

    @Test
    void teams_get_an_adaptive_card() throws Exception {
        Receiver.Request request =
                sent(Samples.resolved(), "msteamsv2_configs", "webhook_url", "URL/w", "title", "t", "text", "m");

        assertBody(request, """
                {"type": "message", "attachments": [{"contentType": "application/vnd.microsoft.card.adaptive",
                 "content": {"$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "type": "AdaptiveCard",
                  "version": "1.2", "body": [
                   {"type": "TextBlock", "text": "t", "weight": "Bolder", "size": "Medium", "wrap": true,
                    "style": "heading", "color": "Good"},
                   {"type": "TextBlock", "text": "m", "wrap": true}],
                  "msteams": {"width": "full"}}}]}""");
    }

    @Test
    void teams_former_connectors_get_a_message_card() throws Exception {
        Receiver.Request request = sent(
                Samples.resolved(),
                "msteams_configs",
                "webhook_url",
                "URL/w",
                "title",
                "t",
                "text",
                "m",
                "summary",
                "s");

        assertBody(request, """
                {"@context": "http://schema.org/extensions", "@type": "MessageCard", "type": "MessageCard",
                 "title": "t", "summary": "s", "text": "m", "themeColor": "2DC72D"}""");
    }

    @Test
    void pagerduty_gets_an_event_that_ends_with_the_group() throws Exception {
        Object[] entry = {
            "routing_key",
            "secret:token",
            "url",
            "URL/v2/enqueue",
            "client",
            "c",
            "client_url",
            "",
            "description",
            "d",
            "severity",
            "warning",
            "details",
            Map.of("firing", "[]", "resolved", "", "num_firing", "1", "num_resolved", "x")
        };
        Receiver.Request request = sent(Samples.firing("critical"), "pagerduty_configs", entry);

        assertThat(request.json().path("dedup_key").asText())
                // What sha256sum says of the group key.
                .isEqualTo("17c4e445d234645c9e547ff6d32a864af0ebdadcd1902771c24c8d366637ff41");
        assertThat(request.json().path("routing_key").asText()).isEqualTo(Bench.TOKEN);
        assertThat(request.json().path("event_action").asText()).isEqualTo("trigger");
        assertThat(request.json().path("payload").toString())
                .contains("\"summary\":\"d\"", "\"source\":\"c\"", "\"severity\":\"warning\"")
                .contains("\"num_firing\":1", "\"resolved\":null", "\"firing\":[]", "\"num_resolved\":\"x\"");

        bench.section("pagerduty_configs", entry).deliver(Samples.resolved());
        assertThat(bench.receiver.requests().get(1).json().path("event_action").asText())
                .isEqualTo("resolve");
        assertThat(bench.receiver.requests().get(1).json().path("dedup_key"))
                .isEqualTo(request.json().path("dedup_key"));
    }

    @Test
    void opsgenie_opens_and_closes_an_alert() throws Exception {
        Object[] entry = {
            "api_url",
            "URL",
            "api_key",
            "secret:token",
            "message",
            "x".repeat(200),
            "description",
            "d",
            "source",
            "s",
            "tags",
            "a, b",
            "responders",
            List.of(Map.of("name", "one,two", "type", "teams"))
        };
        bench.section("opsgenie_configs", entry).deliver(Samples.firing("critical"));
        bench.section("opsgenie_configs", entry).deliver(Samples.resolved());

        Receiver.Request opened = bench.receiver.requests().get(0);
        assertThat(opened.target()).isEqualTo("/v2/alerts");
        assertThat(opened.headers()).containsEntry("authorization", "GenieKey " + Bench.TOKEN);
        assertThat(opened.json().path("message").asText()).hasSize(130).endsWith("…");
        assertThat(opened.json().path("responders").toString())
                .isEqualTo("[{\"name\":\"one\",\"type\":\"team\"},{\"name\":\"two\",\"type\":\"team\"}]");
        assertThat(opened.json().path("tags").toString()).isEqualTo("[\"a\",\"b\"]");
        assertThat(opened.json().path("details").path("severity").asText()).isEqualTo("critical");
        assertThat(bench.receiver.requests().get(1).target())
                .isEqualTo("/v2/alerts/" + opened.json().path("alias").asText() + "/close?identifierType=alias");
    }

    @Test
    void incident_io_is_told_as_a_webhook_with_its_token() throws Exception {
        bench.section("incidentio_configs", "url", "URL/alerts", "alert_source_token", "secret:token", "max_alerts", 1)
                .deliver(Samples.mixed());

        Receiver.Request request = bench.receiver.request();
        assertThat(request.headers()).containsEntry("authorization", "Bearer " + Bench.TOKEN);
        assertThat(request.json().path("version").asText()).isEqualTo("4");
        assertThat(request.json().path("alerts")).hasSize(1);
    }

    @Test
    void victorops_gets_a_recovery() throws Exception {
        Receiver.Request request = sent(
                Samples.resolved(),
                "victorops_configs",
                "api_url",
                "URL/alert/",
                "api_key",
                "secret:token",
                "routing_key",
                "a b",
                "state_message",
                "m",
                "entity_display_name",
                "n",
                "monitoring_tool",
                "h",
                "custom_fields",
                Map.of("room", "cellar"));

        assertThat(request.target()).isEqualTo("/alert/" + Bench.TOKEN + "/a%20b");
        assertThat(request.json().path("message_type").asText()).isEqualTo("RECOVERY");
        assertThat(request.json().path("room").asText()).isEqualTo("cellar");
    }

    @Test
    void webex_gets_markdown() throws Exception {
        Receiver.Request request = sent(
                Samples.resolved(),
                "webex_configs",
                "api_url",
                "URL/v1/messages",
                "room_id",
                "r",
                "message",
                "m",
                "http_config",
                Map.of("authorization", Map.of("credentials", "secret:token")));

        assertBody(request, "{\"markdown\": \"m\", \"roomId\": \"r\"}");
    }

    @Test
    void rocketchat_says_in_the_body_when_it_failed() throws Exception {
        bench.receiver.next(
                saying(200, "{\"success\":true}"), saying(200, "{\"success\":false,\"error\":\"no room\"}"));
        var notifier = bench.section(
                "rocketchat_configs",
                "api_url",
                "URL/",
                "token",
                "secret:token",
                "token_id",
                "me",
                "channel",
                "#ops",
                "title",
                "t",
                "text",
                "m",
                "title_link",
                "",
                "emoji",
                "",
                "icon_url",
                "",
                "color",
                "red");

        notifier.deliver(Samples.firing("critical"));
        assertThat(bench.receiver.request().headers())
                .containsEntry("x-auth-token", Bench.TOKEN)
                .containsEntry("x-user-id", "me");
        assertBody(bench.receiver.request(), """
                {"channel": "#ops", "attachments": [{"title": "t", "text": "m", "color": "red"}]}""");
        assertThat(catchThrowableOfType(DeliveryException.class, () -> notifier.deliver(Samples.mixed())))
                .hasMessageContaining("no room");
    }

    @Test
    void pushover_gets_its_secrets_in_the_body() throws Exception {
        var made = Sections.make(
                "pushover_configs",
                new Entry(
                        Map.of(
                                "user_key",
                                "u",
                                "token",
                                "secret:token",
                                "title",
                                "t",
                                "message",
                                " ",
                                "url",
                                "https://watch.home",
                                "priorities",
                                "critical=2, other=0, resolved=-1",
                                "buttons",
                                true),
                        Map.of()));
        var call = bench.call(made.channel(), Samples.firing("critical"));

        assertThat(call.address()).hasToString("https://api.pushover.net/1/messages.json");
        assertThat(new String(call.body(), StandardCharsets.UTF_8))
                .isEqualTo("token=" + Bench.TOKEN + "&user=u&title=t&message=%28no+details%29"
                        + "&url=https%3A%2F%2Fwatch.home%2Fack%2Faaaaaaaaaaaaaaaa%3Fs%3D1&url_title=Acknowledge"
                        + "&priority=2&retry=60&expire=3600");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "webhook_configs    | url    | one of url and url_file is needed",
                "telegram_configs   | bot_token | bot_token",
                "signal_configs     | url    | url",
                "matrix_configs     | url    | url",
                "opsgenie_configs   | api_key | api_key",
                "pagerduty_configs  | routing_key | service_key"
            })
    void what_is_missing_is_named(String section, String key, String message) {
        assertThatThrownBy(() -> bench.section(section))
                .isInstanceOfSatisfying(
                        InvalidReceiverException.class, e -> assertThat(e.key()).isEqualTo(key))
                .hasMessageContaining(message);
    }

    @Test
    void an_unknown_key_is_refused() {
        assertThatThrownBy(() -> bench.section("webhook_configs", "url", "URL", "ulr", "x"))
                .isInstanceOf(InvalidReceiverException.class)
                .hasMessageContaining("ulr is not known here");
    }

    @Test
    void two_places_for_one_secret_are_refused() {
        assertThatThrownBy(() -> bench.section("webhook_configs", "url", "URL", "url_file", "/x"))
                .hasMessageContaining("only one of url and url_file");
    }
}
