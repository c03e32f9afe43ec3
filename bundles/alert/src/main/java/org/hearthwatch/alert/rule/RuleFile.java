package org.hearthwatch.alert.rule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hearthwatch.alert.yaml.Problem;

/**
 * A rule file that was read.
 *
 * @param groups in their order; to be used only if there are no problems
 * @param problems all that is wrong with it
 */
public record RuleFile(List<RuleGroup> groups, List<Problem> problems) {

    public RuleFile {
        groups = List.copyOf(groups);
        problems = List.copyOf(problems);
    }

    /** Whether it can be used. */
    public boolean isGood() {
        return problems.isEmpty();
    }

    /** How many rules there are. */
    public int size() {
        return groups.stream().mapToInt(group -> group.rules().size()).sum();
    }

    /** A rule that stands more than once, by name and labels. */
    public record Duplicate(String name, Map<String, String> labels) {}

    /** The rules that stand more than once, whatever their group: their samples or alerts would collide. */
    public List<Duplicate> duplicates() {
        var names = new ArrayList<Duplicate>();
        for (RuleGroup group : groups) {
            group.rules().forEach(rule -> names.add(new Duplicate(rule.name(), new TreeMap<>(rule.labels()))));
        }
        names.sort(Comparator.comparing(Duplicate::name)
                .thenComparing(duplicate -> duplicate.labels().toString()));
        var found = new ArrayList<Duplicate>();
        for (int i = 1; i < names.size(); i++) {
            boolean again = names.get(i).equals(names.get(i - 1));
            if (again && !found.contains(names.get(i))) {
                found.add(names.get(i));
            }
        }
        return found;
    }
}
