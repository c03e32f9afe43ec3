package org.hearthwatch.secret.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import javax.net.ssl.SSLContext;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.config.SettingReader;
import org.hearthwatch.api.net.Egress;
import org.hearthwatch.api.net.EgressRefusedException;
import org.hearthwatch.api.secret.NewSlot;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SecretRef;
import org.hearthwatch.api.secret.SecretRotation;
import org.hearthwatch.api.secret.VaultException;
import org.hearthwatch.secret.SecretSources;
import org.hearthwatch.secret.memory.HeapPage;
import org.hearthwatch.secret.proxmox.ProxmoxRotation;
import org.hearthwatch.secret.proxmox.ProxmoxTokens;
import org.hearthwatch.secret.token.Pkcs11Tokens;
import org.hearthwatch.secret.vault.FileVault;
import org.hearthwatch.secret.vault.MachineKeys;
import org.hearthwatch.secret.vault.Records;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProxmoxRotationTest {

    private static final String NAME = "proxmox/token";
    private static final String KEEPER = "proxmox/keeper";
    private static final String FORMER = "mon@pve!home";

    private static Path identity = Path.of("unset");

    @TempDir
    Path directory;

    private final TestClock clock = TestClock.atStart();
    private final List<SecretRotation> rotations = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private FakeProxmox node;
    private Records vault;
    private Optional<SecretRef> keeper = Optional.of(SecretRef.parse("secret:" + KEEPER));
    private boolean barred;
    private SSLContext trust;

    @BeforeAll
    static void identity(@TempDir Path folder) throws Exception {
        identity = FakeProxmox.identity(folder);
    }

    @BeforeEach
    void a_node_and_a_vault_with_one_of_its_tokens() throws Exception {
        node = new FakeProxmox(identity);
        trust = node.tls();
        var random = new SecureRandom();
        var file = new FileVault(
                directory.resolve("vault"),
                new MachineKeys(Optional.empty(), directory.resolve("vault.key"), random),
                new Pkcs11Tokens(random),
                HeapPage::new,
                Optional::empty,
                clock,
                random);
        file.create(new NewSlot.KeyFile("test"));
        vault = new Records(file, () -> rotations);
        rotations.add(new ProxmoxRotation(
                () -> new ProxmoxTokens(Map.of(NAME, node.address()), keeper),
                new HttpsNode(new Gate()),
                vault,
                new SecretSources(vault, Map.of()),
                clock,
                random));
        vault.set(NAME, Secret.of(node.issue(FORMER, true, 0)));
        node.access.add(new FakeProxmox.Access("/", "PVEAuditor", FORMER, true, true));
        node.access.add(new FakeProxmox.Access("/vms/100", "PVEAuditor", FORMER, true, false));
        vault.set(KEEPER, Secret.of(node.issue("root@pam!keeper", false, 0)));
        node.access.add(new FakeProxmox.Access("/", "Keeper", "root@pam", false, true));
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void a_new_token_with_the_same_rights_takes_the_place_of_the_former() throws Exception {
        String before = held();

        assertThat(vault.rotate(NAME).version()).isEqualTo(2);

        String after = held();
        assertThat(after).matches("mon@pve!home-hw[a-z2-9]{8}=.*");
        assertThat(node.holds(after)).isTrue();
        assertThat(node.holds(before)).isFalse();
        String fresh = after.substring(0, after.indexOf('='));
        assertThat(node.tokens.get(fresh).separated()).isTrue();
        assertThat(node.tokens.get(fresh).comment()).isEqualTo("monitoring & more");
        assertThat(node.access)
                .contains(
                        new FakeProxmox.Access("/", "PVEAuditor", fresh, true, true),
                        new FakeProxmox.Access("/vms/100", "PVEAuditor", fresh, true, false));
        assertThat(asked).isNotEmpty().allMatch(each -> each.startsWith("rotate 127.0.0.1:"));
    }

    @Test
    void rotating_again_keeps_the_first_name_in_front() throws Exception {
        vault.rotate(NAME);
        vault.rotate(NAME);

        assertThat(held()).matches("mon@pve!home-hw[a-z2-9]{8}=.*");
        assertThat(node.tokens).hasSize(2);
    }

    @Test
    void a_token_that_ends_is_given_ninety_days_again() throws Exception {
        vault.set(NAME, Secret.of(node.issue(FORMER, true, clock.instant().getEpochSecond() + 60)));

        vault.rotate(NAME);

        String fresh = held().substring(0, held().indexOf('='));
        assertThat(node.tokens.get(fresh).expire())
                .isEqualTo(clock.instant().plus(Duration.ofDays(90)).getEpochSecond());
    }

    @Test
    void a_token_that_may_manage_its_user_renews_itself() throws Exception {
        keeper = Optional.empty();
        vault.set(NAME, Secret.of(node.issue("root@pam!own", false, 0)));

        vault.rotate(NAME);

        assertThat(held()).startsWith("root@pam!own-hw");
        assertThat(node.holds(held())).isTrue();
        assertThat(node.tokens).doesNotContainKey("root@pam!own");
    }

    @Test
    void whatever_request_is_refused_or_unanswered_the_vault_holds_a_token_that_works() throws Exception {
        vault.rotate(NAME);
        int steps = node.requests.size();
        assertThat(steps).isGreaterThan(6);
        for (FakeProxmox.Fault fault : List.of(FakeProxmox.Fault.REFUSED, FakeProxmox.Fault.UNANSWERED)) {
            for (int step = 0; step < steps; step++) {
                int failing = node.requests.size() + step;
                node.fault = fault;
                node.failing = request -> node.requests.size() == failing + 1;
                String before = held();
                List<String> known = List.copyOf(node.tokens.keySet());
                boolean told = false;
                try {
                    vault.rotate(NAME);
                } catch (VaultException e) {
                    told = true;
                }
                node.failing = request -> false;

                String which = fault + " at request " + step;
                assertThat(told).as(which).isEqualTo(fault == FakeProxmox.Fault.REFUSED || changes(failing));
                assertThat(node.holds(held())).as(which).isTrue();
                if (step < steps - 1 && told) {
                    assertThat(held()).as(which).isEqualTo(before);
                    assertThat(node.tokens).as("nothing is left over, " + which).containsOnlyKeys(known);
                } else {
                    assertThat(held()).as(which).isNotEqualTo(before);
                }
            }
        }
    }

    /** Answers to these are waited for in vain; others are asked again, and what is removed is looked for. */
    private boolean changes(int request) {
        String asked = node.requests.get(request);
        return asked.startsWith("POST ") || asked.startsWith("PUT ");
    }

    @Test
    void why_the_node_refuses_is_told_without_the_token() throws Exception {
        keeper = Optional.empty();
        String value = held().substring(held().indexOf('=') + 1);

        assertThatExceptionOfType(VaultException.class)
                .isThrownBy(() -> vault.rotate(NAME))
                .withMessageContaining("403 Permission check failed (/access/users, User.Modify)")
                .satisfies(e -> assertThat(e.toString()).doesNotContain(value));
    }

    @Test
    void a_new_token_that_may_do_less_is_ended_again() throws Exception {
        String before = held();
        // The copy of one entry of the access list reaches the node and is lost there.
        node.failing = request -> {
            if (request.equals("GET /access/permissions")) {
                node.access.removeIf(
                        each -> each.ugid().contains("-hw") && each.path().equals("/vms/100"));
            }
            return false;
        };

        assertThatExceptionOfType(VaultException.class)
                .isThrownBy(() -> vault.rotate(NAME))
                .withMessageContaining("may not do all that the present one may, such as Sys.Audit on /vms/100");
        assertThat(held()).isEqualTo(before);
        assertThat(node.tokens).hasSize(2);
    }

    @Test
    void a_node_that_is_not_trusted_or_not_allowed_gets_no_token() throws Exception {
        trust = SSLContext.getDefault();
        assertThatThrownBy(() -> vault.rotate(NAME)).isInstanceOf(VaultException.class);
        barred = true;
        assertThatExceptionOfType(VaultException.class)
                .isThrownBy(() -> vault.rotate(NAME))
                .withMessageContaining("the gate is shut");

        assertThat(node.requests).isEmpty();
        assertThat(node.holds(held())).isTrue();
    }

    @Test
    void a_secret_that_is_no_token_is_refused_and_not_repeated() throws Exception {
        vault.set(NAME, Secret.of("hunter2-hunter2"));

        assertThatExceptionOfType(VaultException.class)
                .isThrownBy(() -> vault.rotate(NAME))
                .withMessageContaining("USER@REALM!TOKENID=VALUE")
                .satisfies(e -> assertThat(e.toString()).doesNotContain("hunter2"));
    }

    @Test
    void settings_name_secrets_and_nodes() {
        var reader = new SettingReader(ProxmoxConfig.PID);

        assertThat(ProxmoxTokens.read(reader, "a = https://pve1.home, b/c=https://[::1]:443/", "")
                        .nodes())
                .containsExactlyInAnyOrderEntriesOf(new HashMap<>(
                        Map.of("a", URI.create("https://pve1.home:8006"), "b/c", URI.create("https://[::1]:443"))));
        for (String wrong : List.of(
                "a",
                "a=http://pve1",
                "a=https://u:p@pve1",
                "a=https://pve1/x",
                "=https://pve1",
                "a=https://pve1,a=https://pve2")) {
            assertThatExceptionOfType(InvalidSettingException.class)
                    .as(wrong)
                    .isThrownBy(() -> ProxmoxTokens.read(reader, wrong, ""));
        }
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> ProxmoxTokens.read(reader, "", "root@pam!keeper=value"))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("value="));
    }

    private String held() throws VaultException {
        try (Secret secret = vault.get(NAME, OptionalInt.empty())) {
            return new String(secret.reveal(), StandardCharsets.UTF_8);
        }
    }

    /** Lets to the node what trusts it. */
    private final class Gate implements Egress {

        @Override
        public void permit(String purpose, String host, int port) throws EgressRefusedException {
            if (barred) {
                throw new EgressRefusedException("the gate is shut");
            }
            asked.add(purpose + " " + host + ":" + port);
        }

        @Override
        public SSLContext tls(String host, int port) {
            return trust;
        }
    }
}
