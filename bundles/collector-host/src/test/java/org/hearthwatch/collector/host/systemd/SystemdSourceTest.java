package org.hearthwatch.collector.host.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.hearthwatch.collector.host.HostPaths;
import org.hearthwatch.collector.host.LeftOut;
import org.hearthwatch.collector.host.NoDataException;
import org.hearthwatch.testkit.ForAll;
import org.hearthwatch.testkit.RecordedSamples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SystemdSourceTest {

    @TempDir
    Path directory;

    private final LeftOut leftOut = new LeftOut();

    private Path socket() {
        return directory.resolve("bus");
    }

    private SystemdSource source(boolean everything, int most, Duration timeout) {
        var paths = new HostPaths(directory, directory, directory, directory, socket());
        var settings = new SystemdSource.Settings(
                Pattern.compile(".+"),
                Pattern.compile(".+\\.(mount|scope)"),
                everything,
                everything,
                everything,
                most,
                timeout);
        return new SystemdSource(paths, settings, leftOut, System::nanoTime);
    }

    private static RecordedSamples read(SystemdSource source) throws Exception {
        var samples = new RecordedSamples();
        source.read(samples);
        return samples;
    }

    @Test
    void asks_for_restarts_start_times_and_tasks_when_told_to() throws Exception {
        try (var bus = new FakeBus(socket(), new FakeSystemd(0))) {
            RecordedSamples samples = read(source(true, 100, Duration.ofSeconds(5)));

            assertThat(samples.value("node_systemd_service_restart_total{name=\"backup.service\"}"))
                    .isEqualTo(7);
            assertThat(samples.value("node_systemd_unit_start_time_seconds{name=\"ssh.service\"}"))
                    .isEqualTo(1_766_000_012.5);
            assertThat(samples.value("node_systemd_unit_start_time_seconds{name=\"backup.service\"}"))
                    .isZero();
            assertThat(samples.value("node_systemd_unit_tasks_current{name=\"ssh.service\"}"))
                    .isEqualTo(3);
            assertThat(samples.asMap()).doesNotContainKey("node_systemd_unit_tasks_max{name=\"ssh.service\"}");
            assertThat(bus.connections()).isEqualTo(1);
        }
    }

    @Test
    void asks_for_the_type_of_a_service_only_once() throws Exception {
        try (var bus = new FakeBus(socket(), new FakeSystemd(300))) {
            SystemdSource source = source(false, 1000, Duration.ofSeconds(5));
            read(source);
            int first = bus.calls();
            read(source);

            assertThat(first).isGreaterThan(300);
            assertThat(bus.calls() - first).isLessThan(20);
        }
    }

    @Test
    void units_beyond_the_bound_are_left_out_and_counted() throws Exception {
        try (var bus = new FakeBus(socket(), new FakeSystemd(300))) {
            RecordedSamples samples = read(source(false, 6, Duration.ofSeconds(5)));

            assertThat(samples.asMap().keySet().stream().filter(s -> s.startsWith("node_systemd_unit_state")))
                    .hasSize(30);
            assertThat(samples.value("node_systemd_units{state=\"inactive\"}")).isEqualTo(301);
            assertThat(leftOut.counts()).containsEntry("systemd_units", 300L);
            assertThat(bus.connections()).isEqualTo(1);
        }
    }

    @Test
    void without_a_bus_there_is_nothing_to_report() {
        assertThatExceptionOfType(NoDataException.class)
                .isThrownBy(() -> read(source(false, 10, Duration.ofSeconds(5))));
    }

    @Test
    void a_bus_that_does_not_answer_is_given_up() throws Exception {
        try (var silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            silent.bind(UnixDomainSocketAddress.of(socket()));

            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> read(source(false, 10, Duration.ofMillis(150))))
                    .withMessageContaining(socket().toString());
        }
    }

    @Test
    void a_bus_that_refuses_us_is_told_of() throws Exception {
        assertThatIOException()
                .isThrownBy(() -> readFromBusThatSays("REJECTED EXTERNAL\r\n".getBytes(StandardCharsets.US_ASCII)))
                .withMessageContaining("REJECTED EXTERNAL");
    }

    @Test
    void a_message_too_large_is_refused() throws Exception {
        byte[] huge = new DBusBytes()
                .raw("DATA\r\nOK 0\r\n".getBytes(StandardCharsets.US_ASCII))
                .raw(new byte[] {'l', 2, 1, 1, 0, 0, 0, 0x70, 1, 0, 0, 0, 0, 0, 0, 0})
                .toByteArray();

        assertThatIOException().isThrownBy(() -> readFromBusThatSays(huge)).withMessageContaining("larger than");
    }

    private void readFromBusThatSays(byte[] bytes) throws Exception {
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket()));
            var answering = new Thread(() -> {
                try {
                    SocketChannel client = server.accept();
                    client.write(ByteBuffer.wrap(bytes));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            answering.start();
            read(source(false, 10, Duration.ofSeconds(5)));
        }
    }

    @Test
    void broken_messages_end_in_a_refusal() {
        ForAll.cases(5000, random -> {
                    var bytes = new byte[random.nextInt(80)];
                    random.nextBytes(bytes);
                    if (random.nextBoolean() && bytes.length > 12) {
                        // Lengths that are likely enough to be followed.
                        for (int i = 0; i < bytes.length; i += 4) {
                            bytes[i] = (byte) random.nextInt(16);
                        }
                    }
                    return bytes;
                })
                .check(bytes -> {
                    for (String signature : new String[] {"a(ssssssouso)", "v", "a{sv}", "(yv)as", "aay", "g"}) {
                        try {
                            new DBusReader(bytes, ByteOrder.LITTLE_ENDIAN).skip(signature);
                            SystemdUnit.parse(new DBusReader(bytes, ByteOrder.LITTLE_ENDIAN));
                        } catch (IOException expected) {
                            assertThat(expected).hasMessageStartingWith("A D-Bus message is broken");
                        }
                    }
                });
    }

    @Test
    void nesting_has_an_end() {
        byte[] nested = new DBusBytes()
                .raw("\u0001v\0".repeat(100).getBytes(StandardCharsets.US_ASCII))
                .toByteArray();

        assertThatIOException()
                .isThrownBy(() -> new DBusReader(nested, ByteOrder.LITTLE_ENDIAN).skip("v"))
                .withMessageContaining("too deep");
    }
}
