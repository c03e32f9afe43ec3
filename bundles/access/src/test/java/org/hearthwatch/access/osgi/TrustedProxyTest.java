package org.hearthwatch.access.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hearthwatch.access.TrustedProxy;
import org.hearthwatch.api.access.ExternalSignIn;
import org.hearthwatch.api.access.Principal;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.Role;
import org.hearthwatch.api.access.Sessions;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SecretUnavailableException;
import org.hearthwatch.testkit.Configs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustedProxyTest {

    private static final Map<String, Object> SETTINGS =
            Map.of("addresses", "127.0.0.1, ::1", "secret", "secret:proxy", "roles", "crew=operator,boss=admin");
    private static final Map<String, String> HONEST =
            Map.of("X-Hearthwatch-Proxy", "right", "Remote-User", "ann", "Remote-Groups", "others, crew");

    private final List<ExternalSignIn.Identity> admitted = new ArrayList<>();
    private boolean sealed;

    @Test
    void whom_the_proxy_names_comes_in_with_the_roles_of_their_groups() throws Exception {
        assertThat(admit("127.0.0.1", HONEST).principal().name()).isEqualTo("ann");
        assertThat(admitted).containsExactly(new ExternalSignIn.Identity("proxy", "ann", "ann", Set.of(Role.OPERATOR)));
    }

    @ParameterizedTest
    @CsvSource({
        "from another address, 192.168.1.9, X-Hearthwatch-Proxy, right",
        "without the secret, 127.0.0.1, X-Hearthwatch-Proxy, ",
        "with a wrong secret, 127.0.0.1, X-Hearthwatch-Proxy, wrong",
        "naming nobody, 127.0.0.1, Remote-User, "
    })
    void whoever_else_says_so_is_not_believed(String lie, String address, String header, String value) {
        Map<String, String> headers = new HashMap<>(HONEST);
        if (value == null) {
            headers.remove(header);
        } else {
            headers.put(header, value);
        }

        assertThatThrownBy(() -> admit(address, headers)).isInstanceOf(Refusal.class);
        assertThat(admitted).isEmpty();
        System.out.printf("case %-50s -> refused%n", "proxy " + lie);
    }

    @Test
    void nobody_comes_in_while_the_secret_cannot_be_read() {
        sealed = true;

        assertThatThrownBy(() -> admit("127.0.0.1", HONEST)).hasMessageContaining("the log says why");
    }

    @Test
    void it_is_off_without_addresses() {
        assertThat(ProxyComponent.settings(Configs.of(ProxyConfig.class, Map.of())))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "addresses, proxy.lan",
        "secret, s3cret",
        "secret, ''",
        "userHeader, 'Remote User'",
        "roles, crew=king",
        "roles, admin",
        "roles, =admin"
    })
    void a_setting_that_cannot_be_is_named(String key, String value) {
        Map<String, Object> settings = new HashMap<>(SETTINGS);
        settings.put(key, value);

        assertThatThrownBy(() -> ProxyComponent.settings(Configs.of(ProxyConfig.class, settings)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(key)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
    }

    private Sessions.Session admit(String address, Map<String, String> headers) throws Refusal {
        var proxy = new TrustedProxy(
                ProxyComponent.settings(Configs.of(ProxyConfig.class, SETTINGS)).orElseThrow(),
                reference -> {
                    if (sealed) {
                        throw new SecretUnavailableException("sealed");
                    }
                    return Secret.of("right");
                },
                (who, origin) -> {
                    admitted.add(who);
                    return new Sessions.Session(Secret.of("id"), Principal.user(who.name(), who.roles()), "csrf");
                });
        return proxy.admit(address, name -> Optional.ofNullable(headers.get(name)));
    }
}
