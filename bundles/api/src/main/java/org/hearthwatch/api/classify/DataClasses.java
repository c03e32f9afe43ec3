package org.hearthwatch.api.classify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The class of every setting, metric and logged field the appliance knows. Immutable. */
public final class DataClasses {

    private static final DataClasses KNOWN = new DataClasses(ClassTable.TEXT);

    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, DataClass> classes = new HashMap<>();

    /** What a class is given to. */
    public enum Kind {
        SETTING,
        METRIC,
        FIELD
    }

    /**
     * A line of the table.
     *
     * @param group the configuration's PID, the log's name; empty for metrics
     * @param name of the setting or field, or of metrics: with a star at its end for all that begin so
     */
    public record Entry(Kind kind, String group, String name, DataClass dataClass) {}

    DataClasses(String table) {
        Kind kind = Kind.METRIC;
        String group = "";
        for (String line : table.lines().filter(each -> !each.isBlank()).toList()) {
            if (line.startsWith("[")) {
                String[] words = line.substring(1, line.length() - 1).split(" ", 2);
                kind = switch (words[0]) {
                    case "setting" -> Kind.SETTING;
                    case "metric" -> Kind.METRIC;
                    case "field" -> Kind.FIELD;
                    default -> throw new IllegalArgumentException("There is no section " + line);
                };
                group = words.length > 1 ? words[1] : "";
            } else {
                add(kind, group, line);
            }
        }
    }

    private void add(Kind kind, String group, String line) {
        String[] words = line.split(" ", -1);
        DataClass dataClass =
                DataClass.of(words[0]).orElseThrow(() -> new IllegalArgumentException("There is no class " + words[0]));
        for (String name : List.of(words).subList(1, words.length)) {
            entries.add(new Entry(kind, group, name, dataClass));
            if (classes.put(key(kind, group, name), dataClass) != null) {
                throw new IllegalArgumentException(group + " " + name + " has two classes");
            }
        }
    }

    private static String key(Kind kind, String group, String name) {
        return kind + " " + group + " " + name;
    }

    /** The table of this program. */
    public static DataClasses known() {
        return KNOWN;
    }

    /** All of it, in its order. */
    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /**
     * The class of a setting.
     *
     * @param pid of the configuration, or of one of a factory, {@code org.example~shop}
     */
    public Optional<DataClass> setting(String pid, String key) {
        return Optional.ofNullable(classes.get(key(Kind.SETTING, pid.split("~", 2)[0], key)));
    }

    /** As {@link #setting}; sensitive where nobody gave it one, such as a plugin's. */
    public DataClass settingOrSensitive(String pid, String key) {
        return setting(pid, key).orElse(DataClass.SENSITIVE);
    }

    /** The class of a metric by its name or its family's. */
    public Optional<DataClass> metric(String name) {
        DataClass exact = classes.get(key(Kind.METRIC, "", name));
        for (int length = name.length(); exact == null && length > 0; length--) {
            exact = classes.get(key(Kind.METRIC, "", name.substring(0, length) + "*"));
        }
        return Optional.ofNullable(exact);
    }

    /**
     * The class of a field of a log.
     *
     * @param log {@code audit} or {@code log}
     */
    public Optional<DataClass> field(String log, String field) {
        return Optional.ofNullable(classes.get(key(Kind.FIELD, log, field)));
    }
}
