package org.hearthwatch.secret.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SecretUnavailableException;
import org.hearthwatch.secret.PlaceHolders;
import org.hearthwatch.testkit.Configs;
import org.junit.jupiter.api.Test;

@SuppressWarnings("JdkObsolete") // Config Admin speaks of dictionaries
class SecretPluginTest {

    private final SecretPlugin plugin = new SecretPlugin(new PlaceHolders(reference -> {
        if (reference.path().equals("tls/keystore")) {
            return Secret.of("opened");
        }
        throw new SecretUnavailableException(reference + " is not there");
    }));

    @Test
    void place_holders_are_filled_in_texts_arrays_and_lists() {
        var properties = new Hashtable<String, Object>(Map.of(
                "service.pid",
                "org.foreign",
                "one",
                "$[secret:tls/keystore]",
                "array",
                new String[] {"a", "<$[secret:tls/keystore]>"},
                "list",
                List.of("$[secret:tls/keystore]", 5),
                "number",
                7));

        plugin.fill(properties);

        assertThat(properties)
                .containsEntry("one", "opened")
                .containsEntry("list", List.of("opened", 5))
                .containsEntry("number", 7)
                .hasEntrySatisfying(
                        "array", array -> assertThat((String[]) array).containsExactly("a", "<opened>"));
    }

    @Test
    void a_secret_that_is_not_there_leaves_the_place_holder_and_the_rest_is_filled() {
        var properties =
                new Hashtable<String, Object>(Map.of("gone", "$[secret:none]", "there", "$[secret:tls/keystore]"));

        plugin.fill(properties);

        assertThat(properties).containsEntry("gone", "$[secret:none]").containsEntry("there", "opened");
    }

    @Test
    void settings_have_bounds() {
        assertThat(Settings.of(Configs.defaults(SecretConfig.class)).rotateAfter())
                .isEqualTo(Duration.ofDays(90));
        for (String wrong : List.of("1h", "11y", "soon", "-1d", "")) {
            assertThatExceptionOfType(InvalidSettingException.class)
                    .as(wrong)
                    .isThrownBy(() -> Settings.of(Configs.of(SecretConfig.class, Map.of("rotateAfter", wrong))))
                    .withMessageContaining("rotateAfter");
        }
    }
}
