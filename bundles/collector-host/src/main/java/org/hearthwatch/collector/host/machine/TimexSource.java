package org.hearthwatch.collector.host.machine;

import java.io.IOException;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Counter;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.collector.host.NoDataException;
import org.hearthwatch.collector.host.Source;
import org.hearthwatch.collector.host.kernel.ClockDiscipline;
import org.hearthwatch.collector.host.kernel.Syscalls;

/** How well the clock is kept, as the kernel sees it: adjtimex(2). */
public final class TimexSource implements Source {

    static final Gauge SYNC = gauge("sync_status", "Whether the clock is synchronised to a reliable server");
    static final Gauge OFFSET = gauge("offset_seconds", "How far the clock is off");
    static final Gauge FREQUENCY =
            gauge("frequency_adjustment_ratio", "How much faster than itself the clock is made to run");
    static final Gauge MAX_ERROR = gauge("maxerror_seconds", "How far the clock is off at most");
    static final Gauge ESTIMATED_ERROR = gauge("estimated_error_seconds", "How far the clock is thought to be off");
    static final Gauge STATUS = gauge("status", "The status bits");
    static final Gauge CONSTANT = gauge("loop_time_constant", "Time constant of the phase-locked loop");
    static final Gauge TICK = gauge("tick_seconds", "Seconds between clock ticks");
    static final Gauge PPS_FREQUENCY = gauge("pps_frequency_hertz", "Frequency of the pulse per second");
    static final Gauge PPS_JITTER = gauge("pps_jitter_seconds", "Jitter of the pulse per second");
    static final Gauge PPS_SHIFT = gauge("pps_shift_seconds", "Interval over which the pulse per second is averaged");
    static final Gauge PPS_STABILITY = gauge("pps_stability_hertz", "Stability of the pulse per second, lately");
    static final Counter PPS_JITTERS = counter("pps_jitter_total", "Pulses with too much jitter");
    static final Counter PPS_CALIBRATIONS =
            counter("pps_calibration_total", "Calibration intervals of the pulse per second");
    static final Counter PPS_ERRORS = counter("pps_error_total", "Calibrations of the pulse per second that failed");
    static final Counter PPS_UNSTABLE =
            counter("pps_stability_exceeded_total", "Calibrations that were not stable enough");
    static final Gauge TAI = gauge("tai_offset_seconds", "How far International Atomic Time is ahead of UTC");

    private static final double MICROS = 1e6;
    private static final double NANOS = 1e9;
    /** Frequencies are parts per million with a 16-bit fraction. */
    private static final double PPM_16 = 1e6 * 65536;

    private final Syscalls syscalls;

    public TimexSource(Syscalls syscalls) {
        this.syscalls = syscalls;
    }

    private static Gauge gauge(String name, String help) {
        return Gauge.of("node_timex_" + name, help);
    }

    private static Counter counter(String name, String help) {
        return Counter.of("node_timex_" + name, help);
    }

    @Override
    public void read(SampleSink sink) throws IOException {
        ClockDiscipline clock = syscalls.adjtimex()
                .orElseThrow(() -> new NoDataException("the clock's discipline cannot be asked without the C library"));
        double unit = (clock.status() & ClockDiscipline.NANOSECONDS) != 0 ? NANOS : MICROS;
        sink.set(SYNC, clock.state() == ClockDiscipline.STATE_ERROR ? 0 : 1);
        sink.set(OFFSET, clock.offset() / unit);
        sink.set(FREQUENCY, 1 + clock.frequency() / PPM_16);
        sink.set(MAX_ERROR, clock.maxError() / MICROS);
        sink.set(ESTIMATED_ERROR, clock.estimatedError() / MICROS);
        sink.set(STATUS, clock.status());
        sink.set(CONSTANT, (double) clock.constant());
        sink.set(TICK, clock.tick() / MICROS);
        sink.set(PPS_FREQUENCY, clock.ppsFrequency() / PPM_16);
        sink.set(PPS_JITTER, clock.jitter() / unit);
        sink.set(PPS_SHIFT, clock.shift());
        sink.set(PPS_STABILITY, clock.stability() / PPM_16);
        sink.set(PPS_JITTERS, (double) clock.jitterCount());
        sink.set(PPS_CALIBRATIONS, (double) clock.calibrationCount());
        sink.set(PPS_ERRORS, (double) clock.errorCount());
        sink.set(PPS_UNSTABLE, (double) clock.stabilityCount());
        sink.set(TAI, clock.tai());
    }
}
