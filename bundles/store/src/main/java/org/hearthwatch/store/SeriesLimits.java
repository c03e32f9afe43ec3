package org.hearthwatch.store;

import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Metric;

/** What the labels of a series may be: bounded, with a metric name, and writable as UTF-8. */
final class SeriesLimits {

    static final int MOST_LABELS = 64;
    static final int LONGEST_VALUE = 2048;

    private SeriesLimits() {}

    static boolean allow(Labels labels) {
        if (labels.size() > MOST_LABELS || !labels.has(Labels.NAME)) {
            return false;
        }
        for (int i = 0; i < labels.size(); i++) {
            String name = labels.nameAt(i);
            String value = labels.valueAt(i);
            int longest = name.equals(Labels.NAME) ? Metric.NAME_LIMIT : LONGEST_VALUE;
            if (name.length() > Metric.NAME_LIMIT || value.length() > longest || !isText(name) || !isText(value)) {
                return false;
            }
        }
        return true;
    }

    /** Half a surrogate pair has no UTF-8 form: two series could become one on disk. */
    private static boolean isText(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }
}
