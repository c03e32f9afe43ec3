package org.hearthwatch.collector.host.systemd;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One line of systemd's list of units.
 *
 * @param loadState {@code loaded}, {@code not-found}, {@code masked}, ...
 * @param activeState {@code active}, {@code inactive}, {@code failed}, ...
 * @param path the unit's D-Bus object
 */
record SystemdUnit(String name, String loadState, String activeState, String path) {

    /** The type of the answer of {@code ListUnits}. */
    static final String SIGNATURE = "a(ssssssouso)";

    /** Parses that answer. */
    static List<SystemdUnit> parse(DBusReader values) throws IOException {
        var units = new ArrayList<SystemdUnit>();
        int length = values.array(8);
        int end = values.position() + length;
        while (values.position() < end) {
            values.align(8);
            String name = values.string();
            values.string();
            String loadState = values.string();
            String activeState = values.string();
            values.string();
            values.string();
            String path = values.string();
            values.uint32();
            values.string();
            values.string();
            units.add(new SystemdUnit(name, loadState, activeState, path));
        }
        return units;
    }
}
