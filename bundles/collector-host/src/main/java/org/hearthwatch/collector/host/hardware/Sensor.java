package org.hearthwatch.collector.host.hardware;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One sensor of a chip, such as {@code temp1}.
 *
 * @param type such as {@code temp}
 * @param number such as 1; 0 where the file name has none
 */
record Sensor(String type, int number) implements Comparable<Sensor> {

    private static final Set<String> TYPES = Set.of(
            "vrm",
            "beep_enable",
            "update_interval",
            "in",
            "cpu",
            "fan",
            "pwm",
            "temp",
            "curr",
            "power",
            "energy",
            "humidity",
            "intrusion",
            "freq");
    private static final Pattern FILE = Pattern.compile("([^0-9]+)([0-9]{0,6})(?:_(.+))?");

    /** A file of a chip's directory: {@code temp1_crit_alarm} is the element {@code crit_alarm} of {@code temp1}. */
    record Element(Sensor sensor, String name) {}

    /** What a file name says; empty if it is no sensor's. */
    static Optional<Element> ofFile(String file) {
        Matcher matcher = FILE.matcher(file);
        if (!matcher.matches() || !TYPES.contains(matcher.group(1))) {
            return Optional.empty();
        }
        String digits = matcher.group(2);
        String element = matcher.group(3);
        return Optional.of(new Element(
                new Sensor(matcher.group(1), digits.isEmpty() ? 0 : Integer.parseInt(digits)),
                element == null ? "" : element));
    }

    /** The {@code sensor} label. */
    String name() {
        return type + number;
    }

    @Override
    public int compareTo(Sensor other) {
        int byType = type.compareTo(other.type);
        return byType != 0 ? byType : Integer.compare(number, other.number);
    }
}
