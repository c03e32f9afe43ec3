package org.hearthwatch.collector.host.systemd;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A systemd of a few units that answers what the real one would. */
public final class FakeSystemd {

    private static final String UNIT_PATH = "/org/freedesktop/systemd1/unit/";

    private final List<String[]> units = List.of(
            new String[] {"ssh.service", "loaded", "active"},
            new String[] {"backup.service", "loaded", "failed"},
            new String[] {"gone.service", "not-found", "inactive"},
            new String[] {"user@1000.service", "loaded", "active"},
            new String[] {"ssh.socket", "loaded", "active"},
            new String[] {"apt-daily.timer", "loaded", "active"},
            new String[] {"home.mount", "loaded", "active"},
            new String[] {"multi-user.target", "loaded", "active"});

    private final Map<String, Supplier<byte[]>> properties = new LinkedHashMap<>();

    /** With a number of further services, for long lists. */
    private final int further;

    public FakeSystemd(int further) {
        this.further = further;
        properties.put("Manager.Version", () -> text("252.39-1~deb12u1"));
        properties.put("Manager.Virtualization", () -> text(""));
        properties.put("Manager.SystemState", () -> text("degraded"));
        properties.put("ssh_2eservice Service.Type", () -> text("notify"));
        properties.put("backup_2eservice Service.Type", () -> text("oneshot"));
        properties.put("user_401000_2eservice Service.Type", () -> text("simple"));
        properties.put("ssh_2eservice Service.NRestarts", () -> number32(2));
        properties.put("backup_2eservice Service.NRestarts", () -> number32(7));
        properties.put("ssh_2eservice Service.TasksCurrent", () -> number64(3));
        properties.put("ssh_2eservice Service.TasksMax", () -> number64(-1));
        properties.put("backup_2eservice Service.TasksMax", () -> number64(4915));
        properties.put("ssh_2eservice Unit.ActiveEnterTimestamp", () -> number64(1_766_000_012_500_000L));
        properties.put("ssh_2esocket Socket.NAccepted", () -> number32(120));
        properties.put("ssh_2esocket Socket.NConnections", () -> number32(2));
        properties.put("ssh_2esocket Socket.NRefused", () -> number32(1));
        properties.put("apt_2ddaily_2etimer Timer.LastTriggerUSec", () -> number64(1_766_000_400_250_000L));
    }

    /** What it says to a call, or nothing if it has no such thing. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Answer(String signature, byte[] body) {}

    Answer answer(String path, String member, List<String> arguments) {
        if (member.equals("ListUnits")) {
            return new Answer(SystemdUnit.SIGNATURE, list());
        }
        String of = arguments.get(0).substring(arguments.get(0).lastIndexOf('.') + 1) + "." + arguments.get(1);
        String key = path.startsWith(UNIT_PATH) ? path.substring(UNIT_PATH.length()) + " " + of : of;
        Supplier<byte[]> value = properties.get(key);
        return value == null ? new Answer("", new byte[0]) : new Answer("v", value.get());
    }

    private byte[] list() {
        var elements = new DBusBytes();
        for (String[] unit : units) {
            add(elements, unit[0], unit[1], unit[2]);
        }
        for (int i = 0; i < further; i++) {
            add(elements, "further-" + i + ".service", "loaded", "inactive");
        }
        return new DBusBytes()
                .uint32(elements.size())
                .align(8)
                .raw(elements.toByteArray())
                .toByteArray();
    }

    private static void add(DBusBytes elements, String name, String load, String active) {
        elements.align(8)
                .string(name)
                .string("What " + name + " is for, with an umlaut: ü")
                .string(load)
                .string(active)
                .string("running")
                .string("")
                .string(UNIT_PATH + escaped(name))
                .uint32(0)
                .string("")
                .string("/");
    }

    private static String escaped(String name) {
        var path = new StringBuilder();
        name.chars().forEach(c -> {
            if (Character.isLetterOrDigit(c)) {
                path.append((char) c);
            } else {
                path.append('_').append(Integer.toHexString(c));
            }
        });
        return path.toString();
    }

    private static byte[] text(String value) {
        return new DBusBytes().signature("s").string(value).toByteArray();
    }

    private static byte[] number32(long value) {
        return new DBusBytes().signature("u").uint32(value).toByteArray();
    }

    private static byte[] number64(long value) {
        return new DBusBytes().signature("t").uint64(value).toByteArray();
    }
}
