package org.hearthwatch.notifier.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.Test;

/** Held against the examples that Amazon publishes with its Signature Version 4. */
class AwsSignedWireTest {

    private static final AwsKeys KEYS = new AwsKeys(
            "us-east-1",
            "service",
            SecretText.of("AKIDEXAMPLE"),
            SecretText.of("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
            Optional.empty());
    private static final Instant MOMENT = Instant.parse("2015-08-30T12:36:00Z");

    private static Call signed(String address, Map<String, String> headers, String body, AwsKeys keys)
            throws Exception {
        var wire = new AwsSignedWire(
                (call, timeout) -> new Answer(200, Map.of(), ""), keys, new FakeSecrets(Map.of()), TestClock.atStart());
        return wire.signed(
                new Call("POST", URI.create(address), headers, body.getBytes(StandardCharsets.UTF_8)), MOMENT);
    }

    @Test
    void a_request_without_a_body_is_signed_as_in_post_vanilla() throws Exception {
        assertThat(signed("https://example.amazonaws.com/", Map.of(), "", KEYS).headers())
                .containsEntry("X-Amz-Date", "20150830T123600Z")
                .containsEntry(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                                + " SignedHeaders=host;x-amz-date,"
                                + " Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
    }

    @Test
    void a_form_is_signed_as_in_post_x_www_form_urlencoded() throws Exception {
        assertThat(signed(
                                "https://example.amazonaws.com:443",
                                Map.of("Content-Type", "application/x-www-form-urlencoded"),
                                "Param1=value1",
                                KEYS)
                        .headers()
                        .get("Authorization"))
                .endsWith("SignedHeaders=content-type;host;x-amz-date,"
                        + " Signature=ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a");
    }

    @Test
    void the_token_of_a_session_is_shown_and_signed() throws Exception {
        var keys = new AwsKeys(
                "us-east-1", "service", KEYS.accessKey(), KEYS.secretKey(), Optional.of(SecretText.of("session")));

        Map<String, String> headers =
                signed("https://example.amazonaws.com/", Map.of(), "", keys).headers();

        assertThat(headers).containsEntry("X-Amz-Security-Token", "session");
        assertThat(headers.get("Authorization")).contains("SignedHeaders=host;x-amz-date;x-amz-security-token,");
    }
}
