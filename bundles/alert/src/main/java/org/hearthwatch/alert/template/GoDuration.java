package org.hearthwatch.alert.template;

import java.util.List;
import java.util.Optional;

/** Go's {@code time.Duration}: nanoseconds, written like {@code 1h2m3.5s}. */
public record GoDuration(long nanos) implements Members {

    private static final double NANOS = 1e9;

    public static GoDuration ofSeconds(double seconds) {
        return new GoDuration((long) (seconds * NANOS));
    }

    public double seconds() {
        return nanos / NANOS;
    }

    @Override
    public String typeName() {
        return "time.Duration";
    }

    @Override
    public Optional<Object> member(String name, List<Object> arguments) {
        return switch (name) {
            case "Hours" -> Optional.of(nanos / (3600 * NANOS));
            case "Minutes" -> Optional.of(nanos / (60 * NANOS));
            case "Seconds" -> Optional.of(seconds());
            case "Milliseconds" -> Optional.of(nanos / 1_000_000);
            case "Nanoseconds" -> Optional.of(nanos);
            case "String" -> Optional.of(toString());
            default -> Optional.empty();
        };
    }

    @Override
    public String toString() {
        if (nanos == 0) {
            return "0s";
        }
        String sign = nanos < 0 ? "-" : "";
        // The least number has no positive twin; as unsigned it still reads right.
        long rest = nanos < 0 ? -nanos : nanos;
        if (Long.compareUnsigned(rest, 1_000_000_000) < 0) {
            if (rest < 1_000) {
                return sign + rest + "ns";
            }
            return sign + (rest < 1_000_000 ? decimal(rest, 1_000) + "µs" : decimal(rest, 1_000_000) + "ms");
        }
        long whole = Long.divideUnsigned(rest, 1_000_000_000);
        long fraction = Long.remainderUnsigned(rest, 1_000_000_000);
        String seconds = decimal(whole % 60 * 1_000_000_000 + fraction, 1_000_000_000) + "s";
        if (whole < 60) {
            return sign + seconds;
        }
        String minutes = whole / 60 % 60 + "m" + seconds;
        return sign + (whole < 3600 ? minutes : whole / 3600 + "h" + minutes);
    }

    private static String decimal(long value, long unit) {
        String digits = Long.toString(value / unit);
        if (value % unit == 0) {
            return digits;
        }
        int places = Long.toString(unit).length() - 1;
        String fraction = "0".repeat(places - Long.toString(value % unit).length()) + value % unit;
        return digits + "." + fraction.replaceAll("0+$", "");
    }
}
