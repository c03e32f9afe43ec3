package org.hearthwatch.collector.host.disk;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.hearthwatch.collector.host.kernel.KernelText;
import org.hearthwatch.collector.host.kernel.MalformedException;

/**
 * Parses {@code /proc/<pid>/mountinfo}, see proc(5):
 *
 * <pre>{@code 36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue}</pre>
 */
final class MountTable {

    private MountTable() {}

    /**
     * The mounts in the table's order.
     *
     * @param most how many lines are looked at
     * @throws MalformedException if a line is something else
     */
    static List<Mount> parse(KernelText mountinfo, int most) throws MalformedException {
        var mounts = new ArrayList<Mount>();
        while (mounts.size() < most && mountinfo.nextLine()) {
            if (!mountinfo.skipWords(3)) {
                throw mountinfo.malformed("a device number");
            }
            String numbers = mountinfo.word();
            int colon = numbers.indexOf(':');
            if (colon < 0) {
                throw mountinfo.malformed("a device number such as 8:1");
            }
            if (!mountinfo.skipWords(2)) {
                throw mountinfo.malformed("a mount point");
            }
            String point = unescape(mountinfo.word());
            mountinfo.nextWord();
            boolean readOnly = hasOption(mountinfo.word(), "ro");
            do {
                if (!mountinfo.nextWord()) {
                    throw mountinfo.malformed("a hyphen before the file system's type");
                }
            } while (!mountinfo.wordIs("-"));
            if (!mountinfo.nextWord()) {
                throw mountinfo.malformed("the file system's type");
            }
            String type = mountinfo.word();
            mountinfo.nextWord();
            String device = unescape(mountinfo.word());
            mountinfo.nextWord();
            String superOptions = mountinfo.word();
            readOnly |= hasOption(superOptions, "ro") || hasOption(superOptions, "emergency_ro");
            mounts.add(new Mount(
                    device, numbers.substring(0, colon), numbers.substring(colon + 1), point, type, readOnly));
        }
        return mounts;
    }

    private static boolean hasOption(String options, String option) {
        for (int at = options.indexOf(option); at >= 0; at = options.indexOf(option, at + 1)) {
            int end = at + option.length();
            if ((at == 0 || options.charAt(at - 1) == ',') && (end == options.length() || options.charAt(end) == ',')) {
                return true;
            }
        }
        return false;
    }

    /** The kernel writes blanks, tabs, newlines and backslashes as three octal digits. */
    static String unescape(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        byte[] from = text.getBytes(StandardCharsets.UTF_8);
        var to = new byte[from.length];
        int length = 0;
        for (int i = 0; i < from.length; i++) {
            if (from[i] == '\\' && i + 3 < from.length && isOctal(from, i + 1)) {
                to[length++] = (byte) ((from[i + 1] - '0') << 6 | (from[i + 2] - '0') << 3 | (from[i + 3] - '0'));
                i += 3;
            } else {
                to[length++] = from[i];
            }
        }
        return new String(to, 0, length, StandardCharsets.UTF_8);
    }

    private static boolean isOctal(byte[] text, int from) {
        for (int i = from; i < from + 3; i++) {
            if (text[i] < '0' || text[i] > '7') {
                return false;
            }
        }
        return text[from] <= '3';
    }
}
