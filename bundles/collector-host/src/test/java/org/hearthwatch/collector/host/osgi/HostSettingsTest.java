package org.hearthwatch.collector.host.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.testkit.Configs;
import org.junit.jupiter.api.Test;

class HostSettingsTest {

    private static HostSettings settings(String key, Object value) {
        return HostSettings.of(Configs.of(HostConfig.class, Map.of(key, value)), HostSources.names());
    }

    @Test
    void a_bad_value_is_refused_with_its_key_and_what_is_allowed() {
        Map<String, String> refusals = new TreeMap<>();
        refusals.put("sources", "cpu,disks");
        refusals.put("sourcesOff", "all");
        refusals.put("netdevExclude", "(");
        refusals.put("systemdInclude", "*");
        refusals.put("cpuFlags", "[");
        refusals.put("filesystemTimeout", "9s");
        refusals.put("systemdTimeout", "soon");
        refusals.put("procfs", "proc");
        refusals.put("textfileDirectories", "/var/lib/a, relative");
        refusals.forEach((key, value) -> assertThatExceptionOfType(InvalidSettingException.class)
                .as(key)
                .isThrownBy(() -> settings(key, value))
                .withMessageStartingWith("etc/org.hearthwatch.collector.host.cfg: " + key + " = ")
                .withMessageContaining("it takes "));
    }

    @Test
    void interfaces_of_guests_are_told_from_the_machines_own() {
        var netdev = settings("netdevExclude", "^lo$").netdev();

        for (String guest :
                new String[] {"veth12ab", "tap100i0", "fwbr100i0", "fwpr100p0", "fwln100i0", "br-0123456789ab"}) {
            assertThat(netdev.accepts(guest)).as(guest).isFalse();
        }
        for (String own : new String[] {"eth0", "br-lan", "vmbr0", "tape", "fwl", "br0", "docker0", "wg0"}) {
            assertThat(netdev.accepts(own)).as(own).isTrue();
        }
        assertThat(netdev.accepts("lo")).isFalse();
    }

    @Test
    void node_exporters_default_patterns_hold() {
        var settings = settings("softirqs", false);

        for (String left : new String[] {"loop0", "sda1", "zram0", "nvme0n1p2", "ram3", "fd0", "vdb12"}) {
            assertThat(settings.disks().accepts(left)).as(left).isFalse();
        }
        for (String kept : new String[] {"sda", "nvme0n1", "dm-0", "md127", "sr0", "mmcblk0"}) {
            assertThat(settings.disks().accepts(kept)).as(kept).isTrue();
        }
        assertThat(settings.mountPoints().accepts("/var/lib/docker/overlay2/x/merged"))
                .isFalse();
        assertThat(settings.mountPoints().accepts("/sysroot")).isTrue();
        assertThat(settings.netstat().accepts("Tcp_MaxConn")).isFalse();
        assertThat(settings.netstat().accepts("TcpExt_TCPOFOQueue")).isTrue();
    }

    @Test
    void the_shipped_file_shows_every_setting_with_its_default() throws IOException {
        String shipped = Files.readString(Path.of("../../etc/org.hearthwatch.collector.host.cfg"));
        assertThat(shipped.lines().filter(line -> !line.startsWith("#"))).allMatch(String::isBlank);
        var shown = new Properties();
        shown.load(new StringReader(shipped.replaceAll("(?m)^#(?=\\S)", "")));
        var declared = new TreeMap<String, String>();
        for (Method method : HostConfig.class.getDeclaredMethods()) {
            declared.put(method.getName(), String.valueOf(method.getDefaultValue()));
        }

        var settingsShown = new TreeMap<String, String>();
        for (String key : new TreeSet<>(shown.stringPropertyNames())) {
            settingsShown.put(key, shown.getProperty(key).trim());
        }
        assertThat(settingsShown.remove("hearthwatch.interval")).isEqualTo("15s");
        assertThat(settingsShown.remove("hearthwatch.timeout")).isEqualTo("10s");
        assertThat(settingsShown).isEqualTo(declared);
    }
}
