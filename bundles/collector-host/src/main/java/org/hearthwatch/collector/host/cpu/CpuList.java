package org.hearthwatch.collector.host.cpu;

import java.util.ArrayList;
import java.util.List;

/** The kernel's way to write sets of processors: {@code 0-3,8,10-11}. */
final class CpuList {

    private static final int HIGHEST = 8191;

    private CpuList() {}

    /** The processors of a list; parts that are not understood are left out. */
    static List<Integer> parse(String text) {
        var cpus = new ArrayList<Integer>();
        int from = 0;
        while (from < text.length()) {
            int comma = text.indexOf(',', from);
            int to = comma < 0 ? text.length() : comma;
            addRange(text.substring(from, to).trim(), cpus);
            from = to + 1;
        }
        return cpus;
    }

    private static void addRange(String range, List<Integer> cpus) {
        int dash = range.indexOf('-');
        int first = number(dash < 0 ? range : range.substring(0, dash));
        int last = number(dash < 0 ? range : range.substring(dash + 1));
        if (first >= 0 && last <= HIGHEST) {
            for (int cpu = first; cpu <= last; cpu++) {
                cpus.add(cpu);
            }
        }
    }

    private static int number(String text) {
        if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        return Integer.parseInt(text);
    }
}
