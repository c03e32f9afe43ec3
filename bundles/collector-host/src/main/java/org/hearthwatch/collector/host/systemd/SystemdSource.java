package org.hearthwatch.collector.host.systemd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.collector.host.HostPaths;
import org.hearthwatch.collector.host.LeftOut;
import org.hearthwatch.collector.host.NoDataException;
import org.hearthwatch.collector.host.Source;

/**
 * What systemd says of its units, asked over the system bus: {@code ListUnits} and then the properties of sockets, timers
 * and services, all reading. A service's type is asked once and kept, since it changes with the unit's file only.
 */
public final class SystemdSource implements Source {

    static final Gauge UNIT_STATE = Gauge.of(
            "node_systemd_unit_state", "1 for the state the unit is in, 0 for the others", "name", "state", "type");
    static final Gauge UNITS = Gauge.of("node_systemd_units", "Units by state", "state");
    static final Gauge RUNNING = Gauge.of("node_systemd_system_running", "Whether the system runs and nothing failed");
    static final Gauge VERSION = Gauge.of("node_systemd_version", "systemd's version as a number", "version");
    static final Gauge VIRTUALIZATION = Gauge.of(
            "node_systemd_virtualization_info",
            "The virtualisation systemd found itself in; the value is 1",
            "virtualization_type");

    private static final String SYSTEMD = "org.freedesktop.systemd1";
    private static final String MANAGER_PATH = "/org/freedesktop/systemd1";
    private static final String MANAGER = SYSTEMD + ".Manager";
    private static final String[] STATES = {"active", "activating", "deactivating", "inactive", "failed"};
    private static final Pattern NUMBER = Pattern.compile("[0-9]{3,9}(?:\\.[0-9]{1,9})?");

    private final Path bus;
    private final Settings settings;
    private final LeftOut leftOut;
    private final LongSupplier nanoTime;
    private Map<String, String> serviceTypes = new HashMap<>();

    /** A source of the units on the bus that {@code paths} names. */
    public SystemdSource(HostPaths paths, Settings settings, LeftOut leftOut, LongSupplier nanoTime) {
        this.bus = paths.systemBus();
        this.settings = settings;
        this.leftOut = leftOut;
        this.nanoTime = nanoTime;
    }

    /**
     * What is asked.
     *
     * @param include which units: the whole name has to match
     * @param exclude which of them not
     * @param restarts whether {@code node_systemd_service_restart_total} is reported; one more question per service
     * @param startTimes whether {@code node_systemd_unit_start_time_seconds} is reported; one more per unit
     * @param tasks whether {@code node_systemd_unit_tasks_current} and {@code _max} are reported; two more per service
     * @param most how many units at most
     * @param timeout for the whole conversation
     */
    public record Settings(
            Pattern include,
            Pattern exclude,
            boolean restarts,
            boolean startTimes,
            boolean tasks,
            int most,
            Duration timeout) {

        boolean accepts(SystemdUnit unit) {
            return unit.loadState().equals("loaded")
                    && include.matcher(unit.name()).matches()
                    && !exclude.matcher(unit.name()).matches();
        }
    }

    @Override
    public void read(SampleSink sink) throws IOException, InterruptedException {
        if (!Files.exists(bus)) {
            throw new NoDataException(bus + " is missing: no system bus to ask systemd over");
        }
        try (var connection = DBusConnection.open(bus, settings.timeout, nanoTime)) {
            read(connection, sink);
        }
    }

    private void read(DBusConnection connection, SampleSink sink) throws IOException, InterruptedException {
        List<DBusReply> answers = connection.call(List.of(
                new DBusCall(SYSTEMD, MANAGER_PATH, MANAGER, "ListUnits", List.of()),
                DBusCall.property(SYSTEMD, MANAGER_PATH, MANAGER, "Version"),
                DBusCall.property(SYSTEMD, MANAGER_PATH, MANAGER, "Virtualization"),
                DBusCall.property(SYSTEMD, MANAGER_PATH, MANAGER, "SystemState")));
        if (answers.get(0).error().endsWith(".ServiceUnknown")
                || answers.get(0).error().endsWith(".NameHasNoOwner")) {
            throw new NoDataException("systemd is not on the bus " + bus);
        }
        List<SystemdUnit> all = SystemdUnit.parse(answers.get(0).values(SystemdUnit.SIGNATURE));
        reportManager(answers, sink);
        reportSummary(all, sink);

        var units = new ArrayList<SystemdUnit>();
        for (SystemdUnit unit : all) {
            if (settings.accepts(unit)) {
                if (units.size() < settings.most) {
                    units.add(unit);
                } else {
                    leftOut.add("systemd_units", 1);
                }
            }
        }
        askServiceTypes(units, connection);
        for (SystemdUnit unit : units) {
            String type = serviceTypes.getOrDefault(unit.path(), "");
            for (String state : STATES) {
                sink.set(UNIT_STATE, state.equals(unit.activeState()) ? 1 : 0, unit.name(), state, type);
            }
        }
        UnitProperties.report(units, settings, connection, sink);
    }

    private static void reportManager(List<DBusReply> answers, SampleSink sink) throws IOException {
        String version = answers.get(1).stringProperty();
        Matcher number = NUMBER.matcher(version);
        if (number.find()) {
            sink.set(VERSION, Double.parseDouble(number.group()), version);
        } else {
            sink.set(VERSION, 0, "");
        }
        String virtualization =
                answers.get(2).error().isEmpty() ? answers.get(2).stringProperty() : "unknown";
        sink.set(VIRTUALIZATION, 1, virtualization.isEmpty() ? "none" : virtualization);
        sink.set(RUNNING, answers.get(3).stringProperty().equals("running") ? 1 : 0);
    }

    private static void reportSummary(List<SystemdUnit> units, SampleSink sink) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String state : STATES) {
            counts.put(state, 0);
        }
        for (SystemdUnit unit : units) {
            counts.merge(unit.activeState(), 1, Integer::sum);
        }
        counts.forEach((state, count) -> sink.set(UNITS, count, state));
    }

    /** node_exporter also gives mounts, where they are asked for, the type of their file system. */
    private void askServiceTypes(List<SystemdUnit> units, DBusConnection connection)
            throws IOException, InterruptedException {
        Map<String, String> now = new HashMap<>();
        var unknown = new ArrayList<SystemdUnit>();
        var calls = new ArrayList<DBusCall>();
        for (SystemdUnit unit : units) {
            boolean service = unit.name().endsWith(".service");
            if (!service && !unit.name().endsWith(".mount")) {
                continue;
            }
            String known = serviceTypes.get(unit.path());
            if (known != null) {
                now.put(unit.path(), known);
            } else {
                unknown.add(unit);
                calls.add(DBusCall.property(SYSTEMD, unit.path(), SYSTEMD + (service ? ".Service" : ".Mount"), "Type"));
            }
        }
        List<DBusReply> replies = connection.call(calls);
        for (int i = 0; i < unknown.size(); i++) {
            now.put(unknown.get(i).path(), replies.get(i).stringProperty());
        }
        serviceTypes = now;
    }
}
