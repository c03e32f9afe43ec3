package org.hearthwatch.transport.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hearthwatch.api.net.EgressRefusedException;
import org.hearthwatch.testkit.RecordedSamples;
import org.hearthwatch.transport.egress.EgressRules.Reach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EgressGateTest {

    private final List<String> lookedUp = new ArrayList<>();
    private final EgressFigures figures = new EgressFigures();

    @Test
    void by_default_a_part_may_go_where_it_is_configured_to_go() {
        assertThatCode(() -> gate(Reach.ANY).permit("notify", "ntfy.example.org", 443))
                .doesNotThrowAnyException();
    }

    @Test
    void a_refusal_names_the_destination_and_the_setting_that_allows_it() {
        assertThatThrownBy(() -> gate(Reach.LISTED).permit("notify", "smtp.example.org", 587))
                .isInstanceOf(EgressRefusedException.class)
                .hasMessage("No connection for notify to smtp.example.org:587: only listed destinations may be reached"
                        + " (egress = listed). If this one may, add \"smtp.example.org:587 for notify\" to allow in"
                        + " etc/org.hearthwatch.transport.cfg");
    }

    @Test
    void a_listed_destination_is_reached_for_its_purpose_at_its_port_only() {
        EgressGate gate = gate(Reach.LISTED, "smtp.example.org:587 for notify");

        assertThatCode(() -> gate.permit("notify", "SMTP.example.org.", 587)).doesNotThrowAnyException();
        assertRefused(gate, "scrape", "smtp.example.org", 587);
        assertRefused(gate, "notify", "smtp.example.org", 25);
        assertRefused(gate, "notify", "xsmtp.example.org", 587);
    }

    @Test
    void a_star_stands_for_everything_below_a_name_but_not_for_the_name() {
        EgressGate gate = gate(Reach.LISTED, "*.example.org");

        assertThatCode(() -> gate.permit("scrape", "a.b.example.org", 9100)).doesNotThrowAnyException();
        assertRefused(gate, "scrape", "example.org", 9100);
        assertRefused(gate, "scrape", "evilexample.org", 9100);
    }

    @Test
    void a_range_is_for_addresses() {
        EgressGate gate = gate(Reach.LISTED, "192.168.0.0/16 for scrape", "[fd00::1]:9090");

        assertThatCode(() -> gate.permit("scrape", "192.168.7.9", 9100)).doesNotThrowAnyException();
        assertThatCode(() -> gate.permit("scrape", "[fd00::1]", 9090)).doesNotThrowAnyException();
        assertRefused(gate, "scrape", "192.169.0.1", 9100);
        assertRefused(gate, "scrape", "[fd00::2]", 9090);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "[::1]", "::1", "localhost", "127.8.8.8", "[::ffff:127.0.0.1]"})
    void this_machine_is_always_reached(String host) {
        assertThatCode(() -> gate(Reach.PRIVATE).permit("remote-write", host, 9090))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.1", "2130706433", "0", "0177.0.0.1", "0x7f.1", "0x7f000001", "10.1", "a.1"})
    void a_number_that_programs_read_differently_is_refused(String host) {
        for (Reach reach : Reach.values()) {
            EgressGate gate = gate(reach, "0.0.0.0/0", "::/0");

            assertThatThrownBy(() -> gate.permit("scrape", host, 80))
                    .hasMessageContaining("no address in its usual form");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "[::ffff:169.254.169.254]",
                "[fd00:ec2::254]",
                "0.0.0.0",
                "[::]",
                "224.0.0.1",
                "[ff02::1]"
            })
    void an_address_nobody_has_business_with_is_refused_wherever_connections_may_go(String host) {
        for (Reach reach : Reach.values()) {
            EgressGate gate = gate(reach, "0.0.0.0/0", "::/0");

            assertThatThrownBy(() -> gate.permit("notify", host, 80)).hasMessageStartingWith("No connection for notify");
        }
    }

    @Test
    void cut_off_from_the_world_a_listed_public_address_is_not_reached() {
        EgressGate gate = gate(Reach.PRIVATE, "0.0.0.0/0", "nas.lan", "cdn.example.org", "gone.lan");

        assertThatCode(() -> gate.permit("scrape", "192.168.1.4", 9100)).doesNotThrowAnyException();
        assertThatCode(() -> gate.permit("scrape", "nas.lan", 9100)).doesNotThrowAnyException();
        assertThatThrownBy(() -> gate.permit("scrape", "93.184.216.34", 9100))
                .hasMessageContaining("93.184.216.34 is a public address");
        assertThatThrownBy(() -> gate.permit("scrape", "cdn.example.org", 9100))
                .hasMessageContaining("93.184.216.34 is a public address");
        assertThatThrownBy(() -> gate.permit("scrape", "gone.lan", 9100)).hasMessageContaining("has no address");
    }

    @Test
    void cut_off_from_the_world_no_name_server_hears_of_an_unlisted_name() {
        EgressGate gate = gate(Reach.PRIVATE, "nas.lan");

        assertRefused(gate, "notify", "secret.exfiltrated.example.org", 443);

        assertThat(lookedUp).isEmpty();
    }

    @Test
    void what_was_asked_is_counted_and_unknown_purposes_are_one() throws Exception {
        EgressGate gate = gate(Reach.LISTED, "nas.lan");
        gate.permit("scrape", "nas.lan", 9100);
        assertRefused(gate, "scrape", "other.lan", 9100);
        Stream.of("a", "b", "c").forEach(purpose -> assertRefused(gate, purpose, "other.lan", 9100));

        var samples = new RecordedSamples();
        figures.collect(samples);

        assertThat(samples.asMap())
                .containsEntry("hearthwatch_transport_egress_total{answer=\"permitted\", purpose=\"scrape\"}", 1.0)
                .containsEntry("hearthwatch_transport_egress_total{answer=\"refused\", purpose=\"scrape\"}", 1.0)
                .containsEntry("hearthwatch_transport_egress_total{answer=\"refused\", purpose=\"other\"}", 3.0);
    }

    @Test
    void a_refusal_is_one_printable_line_whatever_the_host_is_called() {
        assertThatThrownBy(() -> gate(Reach.LISTED).permit("notify", "a\r\nb\u001b[2J", 1))
                .message()
                .matches("[\\x20-\\x7e]*");
    }

    private void assertRefused(EgressGate gate, String purpose, String host, int port) {
        assertThatThrownBy(() -> gate.permit(purpose, host, port)).isInstanceOf(EgressRefusedException.class);
    }

    private EgressGate gate(Reach reach, String... allowed) {
        var rules = new EgressRules(
                reach, Stream.of(allowed).map(Destination::parse).toList(), Set.of(), Map.of());
        return new EgressGate(() -> rules, this::resolve, new OutgoingTls(() -> rules, List::of, figures), figures);
    }

    private InetAddress[] resolve(String name) throws UnknownHostException {
        lookedUp.add(name);
        return switch (name) {
            case "nas.lan" -> addresses("192.168.1.9");
            case "cdn.example.org" -> addresses("192.168.1.9", "93.184.216.34");
            default -> throw new UnknownHostException(name);
        };
    }

    private static InetAddress[] addresses(String... literals) throws UnknownHostException {
        var addresses = new InetAddress[literals.length];
        for (int i = 0; i < literals.length; i++) {
            addresses[i] = InetAddress.getByName(literals[i]);
        }
        return addresses;
    }
}
