package org.hearthwatch.collector.host.systemd;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Counter;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.api.metric.Metric;

/** Numbers that single units have: asked in one go, reported where the unit answers with one. */
final class UnitProperties {

    static final Counter ACCEPTED =
            Counter.of("node_systemd_socket_accepted_connections_total", "Connections the socket accepted", "name");
    static final Gauge CONNECTIONS =
            Gauge.of("node_systemd_socket_current_connections", "Connections the socket has now", "name");
    /** A gauge in spite of its name, as in node_exporter. */
    static final Gauge REFUSED =
            Gauge.of("node_systemd_socket_refused_connections_total", "Connections the socket refused", "name");

    static final Gauge LAST_TRIGGER =
            Gauge.of("node_systemd_timer_last_trigger_seconds", "When the timer last fired, in Unix time", "name");
    static final Counter RESTARTS =
            Counter.of("node_systemd_service_restart_total", "How often systemd restarted the service", "name");
    static final Gauge START_TIME = Gauge.of(
            "node_systemd_unit_start_time_seconds",
            "When the unit became active, in Unix time; 0 if it is not",
            "name");
    static final Gauge TASKS = Gauge.of("node_systemd_unit_tasks_current", "Tasks of the service", "name");
    static final Gauge TASKS_MAX = Gauge.of("node_systemd_unit_tasks_max", "Tasks the service may have", "name");

    private static final String SYSTEMD = "org.freedesktop.systemd1";
    private static final double MICROS = 1e6;

    private final List<DBusCall> calls = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();

    private UnitProperties() {}

    private record Answer(Metric.Scalar metric, double divisor, String unit) {}

    static void report(
            List<SystemdUnit> units, SystemdSource.Settings settings, DBusConnection connection, SampleSink sink)
            throws IOException, InterruptedException {
        var properties = new UnitProperties();
        for (SystemdUnit unit : units) {
            properties.add(unit, settings, sink);
        }
        List<DBusReply> replies = connection.call(properties.calls);
        for (int i = 0; i < replies.size(); i++) {
            Answer answer = properties.answers.get(i);
            double value = replies.get(i).numberProperty();
            if (!Double.isNaN(value)) {
                sink.set(answer.metric, value / answer.divisor, answer.unit);
            }
        }
    }

    private void add(SystemdUnit unit, SystemdSource.Settings settings, SampleSink sink) {
        if (unit.name().endsWith(".socket")) {
            ask(unit, "Socket", "NAccepted", ACCEPTED, 1);
            ask(unit, "Socket", "NConnections", CONNECTIONS, 1);
            ask(unit, "Socket", "NRefused", REFUSED, 1);
        } else if (unit.name().endsWith(".timer")) {
            ask(unit, "Timer", "LastTriggerUSec", LAST_TRIGGER, MICROS);
        } else if (unit.name().endsWith(".service")) {
            if (settings.restarts()) {
                ask(unit, "Service", "NRestarts", RESTARTS, 1);
            }
            if (settings.tasks()) {
                ask(unit, "Service", "TasksCurrent", TASKS, 1);
                ask(unit, "Service", "TasksMax", TASKS_MAX, 1);
            }
        }
        if (settings.startTimes()) {
            if (unit.activeState().equals("active")) {
                ask(unit, "Unit", "ActiveEnterTimestamp", START_TIME, MICROS);
            } else {
                sink.set(START_TIME, 0, unit.name());
            }
        }
    }

    private void ask(SystemdUnit unit, String ofInterface, String property, Metric.Scalar metric, double divisor) {
        calls.add(DBusCall.property(SYSTEMD, unit.path(), SYSTEMD + "." + ofInterface, property));
        answers.add(new Answer(metric, divisor, unit.name()));
    }
}
