package org.hearthwatch.http.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.testkit.FakeExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every body, in and out. */
class BodiesTest {

    private static final Set<String> CONFIDENTIAL = Set.of(
            "password", "old", "passphrase", "code", "proof", "token", "key", "uri", "recovery", "identity", "value");

    /** A public key and the name of a setting's file are no secrets. */
    private static final Set<String> PUBLIC =
            Set.of("KeyBody", "SettingView", "NoticeView", "MatcherBody", "PointView");

    record Bodies(@Nullable List<String> words, @Nullable Map<String, String> settings) {}

    static Stream<Class<?>> records() {
        return Stream.of(
                        AccountRoutes.class,
                        BackupRoutes.class,
                        PasskeyRoutes.class,
                        SignInRoutes.class,
                        SshKeyRoutes.class,
                        TokenRoutes.class,
                        TrustRoutes.class,
                        UserRoutes.class,
                        VaultRoutes.class)
                .flatMap(routes -> Arrays.stream(routes.getDeclaredClasses()))
                .filter(Class::isRecord)
                .filter(type -> !PUBLIC.contains(type.getSimpleName()))
                .filter(type -> Arrays.stream(type.getRecordComponents())
                        .anyMatch(part -> CONFIDENTIAL.contains(part.getName())));
    }

    @ParameterizedTest
    @MethodSource("records")
    void what_is_confidential_is_not_printed(Class<?> type) throws Exception {
        RecordComponent[] parts = type.getRecordComponents();
        Constructor<?> constructor = type.getDeclaredConstructor(
                Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new));
        constructor.setAccessible(true);
        Object body = constructor.newInstance(
                Arrays.stream(parts).map(BodiesTest::example).toArray());

        assertThat(body.toString()).doesNotContain("s3cret");
    }

    private static Object example(RecordComponent part) {
        String text = CONFIDENTIAL.contains(part.getName()) ? "s3cret" : "plain";
        if (part.getType() == String.class) {
            return text;
        }
        if (part.getType() == Secret.class) {
            return Secret.of(text);
        }
        return part.getType() == List.class
                ? List.of(CONFIDENTIAL.contains(part.getName()) ? Secret.of(text) : text)
                : false;
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"words\":[\"a\",null]}", "{\"settings\":{\"a\":null}}"})
    void nothing_among_values_is_refused_rather_than_met_later(String body) {
        assertThatExceptionOfType(HttpProblem.class)
                .isThrownBy(() -> Json.read(exchange(body), Bodies.class))
                .satisfies(e -> assertThat(e.status()).isEqualTo(400));
    }

    @Test
    void a_field_may_be_left_out() throws Exception {
        assertThat(Json.read(exchange("{}"), Bodies.class).words()).isNull();
        assertThat(Json.read(exchange("{\"words\":null}"), Bodies.class).words())
                .isNull();
    }

    private static FakeExchange exchange(String body) {
        return FakeExchange.post("/")
                .withHeader("Content-Type", "application/json")
                .withBody(body.getBytes(StandardCharsets.UTF_8));
    }
}
