package org.hearthwatch.notifier.webhook.section;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hearthwatch.api.notify.Cut;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.api.notify.InvalidReceiverException;
import org.hearthwatch.api.secret.Secrets;
import org.hearthwatch.notifier.webhook.Answer;
import org.hearthwatch.notifier.webhook.AwsKeys;
import org.hearthwatch.notifier.webhook.AwsSignedWire;
import org.hearthwatch.notifier.webhook.Call;
import org.hearthwatch.notifier.webhook.Channel;
import org.hearthwatch.notifier.webhook.Draft;
import org.hearthwatch.notifier.webhook.Layer;
import org.hearthwatch.notifier.webhook.SecretText;
import org.hearthwatch.notifier.webhook.Verdict;
import org.hearthwatch.notifier.webhook.Wire;

/** Amazon's Simple Notification Service: its action Publish, to a topic, a device or a telephone. */
final class SnsSection implements Channel, Layer {

    private static final String VERSION = "2010-03-31";
    private static final int LONGEST_TEXT_MESSAGE = 1_600;
    private static final int LONGEST_MESSAGE = 256 * 1_024;
    private static final int LONGEST_SUBJECT = 100;
    private static final int MOST_ATTRIBUTES = 10;
    private static final Pattern REGION_OF_ARN = Pattern.compile("arn:[^:]*:sns:([a-z0-9-]+):.*");
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,40}");
    private static final Pattern MESSAGE_ID = Pattern.compile("<MessageId>([^<]{1,100})</MessageId>");

    private final Optional<String> api;
    private final AwsKeys keys;
    private final String topic;
    private final String device;
    private final String telephone;
    private final String subject;
    private final String message;
    private final Map<String, String> attributes;

    SnsSection(Entry entry) throws InvalidReceiverException {
        api = entry.text("api_url").filter(url -> !url.isBlank());
        topic = entry.text("topic_arn", "");
        device = entry.text("target_arn", "");
        telephone = entry.text("phone_number", "");
        if (topic.isEmpty() && device.isEmpty() && telephone.isEmpty()) {
            throw new InvalidReceiverException(
                    "topic_arn", "must provide either a Target ARN, Topic ARN, or Phone Number for SNS config");
        }
        subject = entry.text("subject", "{{ template \"sns.default.subject\" . }}");
        message = entry.text("message", "{{ template \"sns.default.message\" . }}");
        attributes = entry.pairs("attributes");
        if (attributes.size() > MOST_ATTRIBUTES) {
            throw new InvalidReceiverException("attributes", "attributes takes at most " + MOST_ATTRIBUTES);
        }
        keys = keys(entry.part("sigv4").orElseGet(() -> new Entry(Map.of(), Map.of())), topic + device);
    }

    private static AwsKeys keys(Entry entry, String arn) throws InvalidReceiverException {
        for (String elsewhere : List.of("profile", "role_arn", "external_id")) {
            if (entry.text(elsewhere).filter(text -> !text.isBlank()).isPresent()) {
                throw new InvalidReceiverException(
                        "sigv4." + elsewhere,
                        "sigv4." + elsewhere + " is not supported: write access_key and secret_key");
            }
        }
        entry.truth("use_fips_sts_endpoint", false);
        Optional<SecretText> access = entry.secret("access_key").or(() -> environment("AWS_ACCESS_KEY_ID"));
        Optional<SecretText> secret = entry.secret("secret_key").or(() -> environment("AWS_SECRET_ACCESS_KEY"));
        if (access.isEmpty() || secret.isEmpty()) {
            throw new InvalidReceiverException(
                    "sigv4.access_key", "must provide a AWS SigV4 Access key and Secret Key");
        }
        Matcher named = REGION_OF_ARN.matcher(arn);
        String region = entry.text("region", "").strip();
        if (region.isEmpty()) {
            region = named.matches() ? named.group(1) : "";
        }
        if (!REGION.matcher(region).matches()) {
            throw new InvalidReceiverException(
                    "sigv4.region", "sigv4.region takes a region of Amazon's such as eu-central-1");
        }
        boolean written = entry.text("access_key").isPresent();
        var keys = new AwsKeys(
                region,
                "sns",
                access.get(),
                secret.get(),
                written ? Optional.empty() : environment("AWS_SESSION_TOKEN"));
        entry.complete();
        return keys;
    }

    private static Optional<SecretText> environment(String name) {
        return Optional.ofNullable(System.getenv(name))
                .filter(value -> !value.isBlank())
                .map(value -> SecretText.of("env:" + name));
    }

    @Override
    public Wire over(Wire wire, Secrets secrets, InstantSource clock) {
        return new AwsSignedWire(wire, keys, secrets, clock);
    }

    @Override
    public List<Call> calls(Draft draft) throws DeliveryException {
        var form = new LinkedHashMap<String, String>();
        form.put("Action", "Publish");
        form.put("Version", VERSION);
        String text = draft.text(message);
        String told;
        String to = draft.text(topic);
        String number = draft.text(telephone);
        if (!to.isEmpty()) {
            form.put("TopicArn", to);
            told = Cut.toBytes(text, LONGEST_MESSAGE);
        } else if (!number.isEmpty()) {
            form.put("PhoneNumber", number);
            told = Cut.toCodePoints(text, LONGEST_TEXT_MESSAGE);
        } else {
            form.put("TargetArn", draft.text(device));
            told = Cut.toBytes(text, LONGEST_MESSAGE);
        }
        form.put("Message", told);
        String title = subject(draft);
        if (!title.isEmpty()) {
            form.put("Subject", title);
        }
        if (to.endsWith(".fifo")) {
            form.put("MessageGroupId", draft.groupHash());
            // Alertmanager takes the group here, too; then the end of an alert within five minutes is thrown away.
            form.put("MessageDeduplicationId", draft.notification().key());
        }
        int place = 0;
        for (Map.Entry<String, String> attribute :
                attributes(draft, !told.equals(text)).entrySet()) {
            String name = "MessageAttributes.entry." + ++place + ".";
            form.put(name + "Name", attribute.getKey());
            form.put(name + "Value.DataType", "String");
            form.put(name + "Value.StringValue", attribute.getValue());
        }
        String body = form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        String url = api.isPresent() ? draft.text(api.get()) : "https://sns." + keys.region() + ".amazonaws.com/";
        return List.of(new Call(
                "POST",
                Draft.address(url),
                Map.of("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
                body.getBytes(StandardCharsets.UTF_8)));
    }

    /** A subject has to be one line of printable ASCII. */
    private String subject(Draft draft) throws DeliveryException {
        String line = draft.text(subject).replaceAll("[^\\x20-\\x7e]+", " ").strip();
        return Cut.toCodePoints(line, LONGEST_SUBJECT).replace("…", "");
    }

    private Map<String, String> attributes(Draft draft, boolean isCut) throws DeliveryException {
        var told = new LinkedHashMap<String, String>();
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            String value = draft.text(attribute.getValue());
            // An empty one would have the whole message refused.
            if (!value.isEmpty()) {
                told.put(draft.text(attribute.getKey()), value);
            }
        }
        if (isCut) {
            told.put("truncated", "true");
        }
        return told;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String read(Answer answer) throws DeliveryException {
        String line = Verdict.of(answer);
        Matcher id = MESSAGE_ID.matcher(answer.body());
        return id.find() ? "HTTP " + answer.status() + ": message " + id.group(1) : line;
    }
}
