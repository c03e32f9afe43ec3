package org.hearthwatch.plugin.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.framework.FrameworkFactory;
import org.hearthwatch.api.audit.AuditLog;
import org.hearthwatch.api.net.Egress;
import org.hearthwatch.api.net.EgressRefusedException;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SecretRef;
import org.hearthwatch.api.secret.SecretUnavailableException;
import org.hearthwatch.api.secret.Secrets;
import org.hearthwatch.plugin.jar.TestJar;
import org.hearthwatch.testkit.FakeEgress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.hooks.service.EventListenerHook;
import org.osgi.framework.hooks.service.FindHook;
import org.osgi.framework.launch.Framework;

/** What plugins see of the appliance's services, in a real framework. */
class ServiceGateTest {

    private static final Secrets VAULT = reference -> Secret.of("value of " + reference);

    @TempDir
    Path home;

    private final FakeEgress outside = new FakeEgress();
    private Framework framework;
    private BundleContext ours;
    private BundleContext plugin;

    @BeforeEach
    void begin() throws Exception {
        framework = new FrameworkFactory()
                .newFramework(new HashMap<>(Map.of(
                        Constants.FRAMEWORK_STORAGE, home.resolve("cache").toString(),
                        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                                "org.hearthwatch.api.secret,org.hearthwatch.api.net,org.hearthwatch.api.audit",
                        "felix.log.level", "0")));
        framework.start();
        ours = install("ours", TestJar.bundle("org.hearthwatch.plugin"));
        ours.registerService(Secrets.class, VAULT, null);
        ours.registerService(Egress.class, outside, null);
        AuditLog audit = event -> 1;
        ours.registerService(AuditLog.class, audit, null);
        ours.registerService(
                new String[] {FindHook.class.getName(), EventListenerHook.class.getName()}, new ServiceGate(), null);
        var mark = FrameworkUtil.asDictionary(Map.of(ServiceGate.FOR_PLUGINS, true));
        ours.registerService(
                new String[] {Secrets.class.getName()}, DeclaredServices.secrets(() -> Optional.of(VAULT)), mark);
        ours.registerService(
                new String[] {Egress.class.getName()}, DeclaredServices.egress(() -> Optional.of(outside)), mark);
        plugin = install(
                "hearthwatch-plugin:guest",
                TestJar.bundle("com.example.guest")
                        .header("Hearthwatch-Needs", "secret:guest/*,net:192.168.0.0/16:443"));
    }

    private BundleContext install(String location, TestJar jar) throws Exception {
        Bundle bundle = framework.getBundleContext().installBundle(location, new ByteArrayInputStream(jar.bytes()));
        bundle.start();
        return bundle.getBundleContext();
    }

    @AfterEach
    void end() throws Exception {
        framework.stop();
        framework.waitForStop(5_000);
    }

    @Test
    void a_plugin_gets_the_secrets_it_declared_and_no_others() throws Exception {
        Secrets secrets = only(plugin, Secrets.class);

        assertThat(secrets.open(SecretRef.parse("secret:guest/token")).reveal())
                .asString()
                .isEqualTo("value of secret:guest/token");
        assertThatThrownBy(() -> secrets.open(SecretRef.parse("secret:smtp/password")))
                .isInstanceOf(SecretUnavailableException.class)
                .hasMessageContaining("com.example.guest does not declare to need it");
        assertThatThrownBy(() -> secrets.open(SecretRef.parse("env:HOME")))
                .isInstanceOf(SecretUnavailableException.class);
    }

    @Test
    void a_plugins_connections_pass_its_own_declaration_and_then_the_appliances_gate() throws Exception {
        Egress egress = only(plugin, Egress.class);

        egress.permit("scrape", "192.168.1.5", 443);
        assertThat(outside.asked()).containsExactly("scrape 192.168.1.5:443");

        assertThatThrownBy(() -> egress.permit("scrape", "192.168.1.5", 22)).isInstanceOf(EgressRefusedException.class);
        assertThatThrownBy(() -> egress.permit("scrape", "8.8.8.8", 443))
                .hasMessageContaining("does not declare to need 8.8.8.8 port 443");
        assertThatThrownBy(() -> egress.tls("8.8.8.8", 443)).isInstanceOf(IllegalStateException.class);
        outside.bar("192.168.1.6");
        assertThatThrownBy(() -> egress.permit("scrape", "192.168.1.6", 443))
                .isInstanceOf(EgressRefusedException.class);
        assertThat(outside.asked()).hasSize(2);
    }

    @Test
    void the_appliance_gets_its_services_and_not_those_for_plugins() throws Exception {
        assertThat(only(ours, Secrets.class)).isSameAs(VAULT);
        assertThat(only(ours, Egress.class)).isSameAs(outside);
    }

    @Test
    void records_and_people_are_not_for_plugins() throws Exception {
        assertThat(plugin.getServiceReferences(AuditLog.class, null)).isEmpty();
        assertThat(plugin.getServiceReference(AuditLog.class)).isNull();
        assertThat(ours.getServiceReferences(AuditLog.class, null)).hasSize(1);
    }

    @Test
    void what_a_plugin_offers_in_the_appliances_place_is_not_seen_by_it() throws Exception {
        Secrets falseFriend = reference -> Secret.of("mine");
        plugin.registerService(
                Secrets.class,
                falseFriend,
                FrameworkUtil.asDictionary(
                        Map.of(Constants.SERVICE_RANKING, 1000, ServiceGate.FOR_PLUGINS, true)));

        assertThat(only(ours, Secrets.class)).isSameAs(VAULT);
    }

    @Test
    void nor_do_plugins_hear_of_services_that_come() throws Exception {
        List<String> heard = new ArrayList<>();
        plugin.addServiceListener(event -> heard.add("plugin " + event.getType()));
        ours.addServiceListener(event -> heard.add("ours " + event.getType()));
        AuditLog audit = event -> 2;

        ours.registerService(AuditLog.class, audit, null);
        ours.registerService(Runnable.class, () -> {}, null);

        assertThat(heard)
                .containsExactlyInAnyOrder(
                        "ours " + ServiceEvent.REGISTERED,
                        "ours " + ServiceEvent.REGISTERED,
                        "plugin " + ServiceEvent.REGISTERED);
    }

    private static <S> S only(BundleContext context, Class<S> type) throws Exception {
        var references = context.getServiceReferences(type, null);
        assertThat(references).hasSize(1);
        return context.getService(references.iterator().next());
    }
}
