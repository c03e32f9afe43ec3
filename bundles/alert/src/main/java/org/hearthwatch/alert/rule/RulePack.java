package org.hearthwatch.alert.rule;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hearthwatch.alert.yaml.Problem;

/**
 * The alerts that come with the appliance. Which of them are in force is a matter of their {@code severity} label and a
 * {@link Noise}; one that a file of one's own defines under the same name gives way to it. Thread-safe.
 */
public final class RulePack {

    /** What stands before the names of its files. */
    public static final String FOLDER = "pack/";

    private static final List<String> NAMES = List.of(
            "appliance",
            "backup",
            "certificate",
            "clock",
            "container",
            "deadman",
            "disk",
            "filesystem",
            "host",
            "network",
            "probe",
            "proxmox",
            "raid",
            "systemd",
            "temperature");
    private static final String SEVERITY = "severity";

    private final Map<String, RuleFile> files = new TreeMap<>();

    /** How much the pack tells. */
    @SuppressWarnings("ImmutableEnumChecker") // sets that nobody can change
    public enum Noise {
        /** Nothing. */
        OFF(Set.of()),
        /** What needs somebody now. */
        QUIET(Set.of("critical", "none")),
        /** Also what needs somebody this week. */
        BALANCED(Set.of("critical", "warning", "none")),
        /** Also what is good to know. */
        EVERYTHING(Set.of("critical", "warning", "info", "none"));

        private final Set<String> severities;

        Noise(Set<String> severities) {
            this.severities = severities;
        }

        /**
         * The noise of a name such as {@code quiet}.
         *
         * @throws IllegalArgumentException if there is none
         */
        public static Noise named(String name) {
            return Arrays.stream(values())
                    .filter(noise -> noise.toString().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no noise is called " + name));
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What somebody wants of the pack.
     *
     * @param disabled names of alerts that are left out
     */
    public record Choice(Noise noise, Set<String> disabled) {

        public static final Choice DEFAULT = new Choice(Noise.BALANCED, Set.of());

        public Choice {
            disabled = Set.copyOf(disabled);
        }
    }

    /** Reads the pack. */
    public RulePack() {
        for (String name : NAMES) {
            RuleFile file = RuleFileReader.readChecked(text(name));
            if (!file.isGood()) {
                throw new IllegalStateException("pack/" + name + ".yml: "
                        + file.problems().stream().map(Problem::toString).collect(Collectors.joining("; ")));
            }
            files.put(FOLDER + name + ".yml", file);
        }
    }

    private static String text(String name) {
        String resource = "pack/" + name + ".yml";
        try (InputStream in = RulePack.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("The bundle lacks " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of all alerts there are, whatever the noise. */
    public Set<String> alerts() {
        return names(files.values());
    }

    /** Files of one's own together with what is wanted of the pack. */
    public Map<String, RuleFile> with(Map<String, RuleFile> own, Choice choice) {
        var all = new TreeMap<>(own);
        Set<String> taken = names(own.values());
        files.forEach((name, file) -> {
            var groups = new ArrayList<RuleGroup>();
            for (RuleGroup group : file.groups()) {
                List<Rule> rules = group.rules().stream()
                        .filter(rule -> isWanted(rule, choice) && !taken.contains(rule.name()))
                        .toList();
                if (!rules.isEmpty()) {
                    groups.add(new RuleGroup(
                            group.name(), group.interval(), group.queryOffset(), group.limit(), group.labels(), rules));
                }
            }
            if (!groups.isEmpty()) {
                all.put(name, new RuleFile(groups, List.of()));
            }
        });
        return all;
    }

    private static boolean isWanted(Rule rule, Choice choice) {
        return !choice.disabled().contains(rule.name())
                && choice.noise().severities.contains(rule.labels().getOrDefault(SEVERITY, ""));
    }

    private static Set<String> names(Iterable<RuleFile> files) {
        var names = new TreeSet<String>();
        for (RuleFile file : files) {
            for (RuleGroup group : file.groups()) {
                for (Rule rule : group.rules()) {
                    if (rule instanceof Rule.Alerting) {
                        names.add(rule.name());
                    }
                }
            }
        }
        return names;
    }
}
