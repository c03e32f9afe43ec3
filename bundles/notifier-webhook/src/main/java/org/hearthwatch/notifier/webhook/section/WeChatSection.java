package org.hearthwatch.notifier.webhook.section;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.api.notify.InvalidReceiverException;
import org.hearthwatch.api.secret.Secrets;
import org.hearthwatch.notifier.webhook.Answer;
import org.hearthwatch.notifier.webhook.Call;
import org.hearthwatch.notifier.webhook.Channel;
import org.hearthwatch.notifier.webhook.Draft;
import org.hearthwatch.notifier.webhook.Json;
import org.hearthwatch.notifier.webhook.Layer;
import org.hearthwatch.notifier.webhook.SecretText;
import org.hearthwatch.notifier.webhook.Verdict;
import org.hearthwatch.notifier.webhook.WeChatWire;
import org.hearthwatch.notifier.webhook.Wire;

/** WeChat Work's messages of an application. */
final class WeChatSection implements Channel, Layer {

    private static final Set<String> TYPES = Set.of("text", "markdown");

    /** Refusals that are about the moment: busy, and called too often. */
    private static final Set<Integer> PASSING = Set.of(-1, 45_009);

    private final String api;
    private final SecretText company;
    private final SecretText secret;
    private final String type;
    private final String message;
    private final String agent;
    private final String user;
    private final String party;
    private final String tag;

    WeChatSection(Entry entry) throws InvalidReceiverException {
        String url = entry.textOrGlobal("api_url", "wechat_api_url").orElse("https://qyapi.weixin.qq.com/cgi-bin/");
        api = url.endsWith("/") ? url : url + "/";
        try {
            Draft.address(api);
        } catch (DeliveryException e) {
            throw new InvalidReceiverException("api_url", "api_url: " + e.getMessage());
        }
        company = entry.textOrGlobal("corp_id", "wechat_api_corp_id")
                .filter(text -> !text.isBlank())
                .map(SecretText::of)
                .orElseThrow(() -> new InvalidReceiverException("corp_id", "no global Wechat CorpID set"));
        secret = Entry.needed("api_secret", entry.secretOrGlobal("api_secret", "wechat_api_secret"));
        type = entry.text("message_type", "text");
        if (!TYPES.contains(type)) {
            throw new InvalidReceiverException("message_type", "message_type takes text or markdown");
        }
        message = entry.text("message", "{{ template \"wechat.default.message\" . }}");
        agent = entry.text("agent_id", "{{ template \"wechat.default.agent_id\" . }}");
        user = entry.text("to_user", "{{ template \"wechat.default.to_user\" . }}");
        party = entry.text("to_party", "{{ template \"wechat.default.to_party\" . }}");
        tag = entry.text("to_tag", "{{ template \"wechat.default.to_tag\" . }}");
    }

    @Override
    public Wire over(Wire wire, Secrets secrets, InstantSource clock) {
        return new WeChatWire(wire, api, company, secret, secrets, clock);
    }

    @Override
    public List<Call> calls(Draft draft) throws DeliveryException {
        return List.of(Json.post(
                Draft.address(api + "message/send"),
                new Json.Fields()
                        .put(type, Map.of("content", draft.text(message)))
                        .some("touser", draft.text(user))
                        .some("toparty", draft.text(party))
                        .some("totag", draft.text(tag))
                        .some("agentid", draft.text(agent))
                        .put("safe", "0")
                        .put("msgtype", type)
                        .map()));
    }

    /** It says in the body whether it took the message. */
    @Override
    public String read(Answer answer) throws DeliveryException {
        String line = Verdict.of(answer);
        JsonNode code = Json.read(answer.body()).path("errcode");
        if (!code.isInt() || code.asInt() != 0) {
            throw PASSING.contains(code.asInt(0)) ? Verdict.passing(answer, line) : DeliveryException.lasting(line);
        }
        return line;
    }
}
