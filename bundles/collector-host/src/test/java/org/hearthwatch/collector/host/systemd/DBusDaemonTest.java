package org.hearthwatch.collector.host.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.hearthwatch.collector.host.HostPaths;
import org.hearthwatch.collector.host.LeftOut;
import org.hearthwatch.collector.host.NoDataException;
import org.hearthwatch.testkit.RecordedSamples;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client against a real dbus-daemon, where it is installed, with a systemd of ours behind it. */
@Timeout(60)
class DBusDaemonTest {

    private static final Path DAEMON = Path.of("/usr/bin/dbus-daemon");

    @TempDir
    Path directory;

    private @Nullable Process daemon;

    @BeforeEach
    void start() throws IOException {
        assumeThat(DAEMON).exists();
        Files.writeString(directory.resolve("bus.conf"), """
                <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
                 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
                <busconfig>
                  <type>system</type>
                  <listen>unix:path=%s</listen>
                  <auth>EXTERNAL</auth>
                  <policy context="default">
                    <allow send_destination="*"/>
                    <allow receive_sender="*"/>
                    <allow own="*"/>
                    <allow user="*"/>
                  </policy>
                </busconfig>
                """.formatted(socket()));
        Process started = new ProcessBuilder(
                        DAEMON.toString(),
                        "--config-file=" + directory.resolve("bus.conf"),
                        "--nofork",
                        "--print-address")
                .redirectError(directory.resolve("log").toFile())
                .start();
        daemon = started;
        // It prints its address when it listens.
        assertThat(new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.US_ASCII))
                        .readLine())
                .as("dbus-daemon's address")
                .contains(socket().toString());
    }

    @AfterEach
    void stop() {
        if (daemon != null) {
            daemon.destroy();
        }
    }

    private Path socket() {
        return directory.resolve("bus");
    }

    private SystemdSource source() {
        var paths = new HostPaths(directory, directory, directory, directory, socket());
        var settings = new SystemdSource.Settings(
                Pattern.compile(".+"), Pattern.compile(".+\\.mount"), false, false, false, 1000, Duration.ofSeconds(5));
        return new SystemdSource(paths, settings, new LeftOut(), System::nanoTime);
    }

    @Test
    void a_bus_without_systemd_is_no_fault() {
        assertThatExceptionOfType(NoDataException.class).isThrownBy(() -> source().read(new RecordedSamples()));
    }

    @Test
    void reads_units_and_their_properties_through_the_daemon() throws Exception {
        try (SocketChannel service = own("org.freedesktop.systemd1")) {
            var samples = new RecordedSamples();

            source().read(samples);

            assertThat(samples.value("node_systemd_version{version=\"252.39-1~deb12u1\"}"))
                    .isEqualTo(252.39);
            assertThat(samples.value(
                            "node_systemd_unit_state{name=\"ssh.service\", state=\"active\", type=\"notify\"}"))
                    .isEqualTo(1);
            assertThat(samples.value("node_systemd_unit_state{name=\"further-199.service\", state=\"inactive\"}"))
                    .isEqualTo(1);
            assertThat(samples.value("node_systemd_socket_accepted_connections_total{name=\"ssh.socket\"}"))
                    .isEqualTo(120);
            assertThat(samples.value("node_systemd_timer_last_trigger_seconds{name=\"apt-daily.timer\"}"))
                    .isEqualTo(1_766_000_400.25);
            assertThat(service.isConnected()).isTrue();
        }
    }

    /** Connects as a service and answers until it is closed. */
    private SocketChannel own(String name) throws IOException {
        var systemd = new FakeSystemd(200);
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()));
        InputStream in = Channels.newInputStream(channel);
        channel.write(ByteBuffer.wrap("\0AUTH EXTERNAL\r\nDATA\r\n".getBytes(StandardCharsets.US_ASCII)));
        readLine(in);
        readLine(in);
        channel.write(ByteBuffer.wrap("BEGIN\r\n".getBytes(StandardCharsets.US_ASCII)));
        channel.write(ByteBuffer.wrap(busCall("Hello", 1, "", new byte[0])));
        channel.write(ByteBuffer.wrap(busCall(
                "RequestName", 2, "su", new DBusBytes().string(name).uint32(0).toByteArray())));
        FakeBus.Call answer;
        do {
            answer = FakeBus.Call.read(in);
        } while (answer.type() != 2 || answer.arguments().stream().anyMatch(text -> text.startsWith(":")));
        var thread = new Thread(() -> {
            try {
                for (int serial = 3; ; serial++) {
                    FakeBus.Call call = FakeBus.Call.read(in);
                    if (call.type() == 1) {
                        channel.write(ByteBuffer.wrap(reply(systemd, call, serial)));
                    }
                }
            } catch (IOException e) {
                assertThat(e).as("the test closed the connection").isNotNull();
            }
        });
        thread.setDaemon(true);
        thread.start();
        return channel;
    }

    private static byte[] reply(FakeSystemd systemd, FakeBus.Call call, int serial) {
        FakeSystemd.Answer answer = systemd.answer(call.path(), call.member(), call.arguments());
        return answer.signature().isEmpty()
                ? DBusBytes.error(serial, call.serial(), call.sender(), "org.freedesktop.DBus.Error.UnknownProperty")
                : DBusBytes.reply(serial, call.serial(), call.sender(), answer.signature(), answer.body());
    }

    private static byte[] busCall(String member, int serial, String signature, byte[] body) {
        var fields = new DBusBytes().uint8(1).signature("o").string("/org/freedesktop/DBus");
        fields.align(8).uint8(3).signature("s").string(member);
        fields.align(8).uint8(2).signature("s").string("org.freedesktop.DBus");
        fields.align(8).uint8(6).signature("s").string("org.freedesktop.DBus");
        if (!signature.isEmpty()) {
            fields.align(8).uint8(8).signature("g").signature(signature);
        }
        return DBusBytes.message(1, serial, fields, body);
    }

    private static void readLine(InputStream in) throws IOException {
        int c;
        do {
            c = in.read();
        } while (c != '\n' && c >= 0);
    }
}
