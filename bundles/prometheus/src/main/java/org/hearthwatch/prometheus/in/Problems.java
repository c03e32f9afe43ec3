package org.hearthwatch.prometheus.in;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hearthwatch.api.store.Receipt;

/**
 * What of a request was not taken and why, in the words Prometheus has for it, because senders log them. Every refusal is
 * counted, the first few are told. Not thread-safe.
 */
public final class Problems {

    private static final int TOLD = 5;
    private static final int LONGEST = 300;

    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<String> examples = new ArrayList<>();

    /** @param reason a fixed word or two, which also labels a metric */
    public void add(String reason, int count, String example) {
        if (count > 0) {
            counts.merge(reason, count, Integer::sum);
            if (examples.size() < TOLD) {
                examples.add(example.length() > LONGEST ? example.substring(0, LONGEST) + "..." : example);
            }
        }
    }

    void add(Receipt receipt) {
        int told = 0;
        for (Receipt.Refusal refusal : receipt.refusals()) {
            String reason = words(refusal.reason());
            add(reason, 1, reason + " for series " + refusal.series() + " at " + refusal.timestamp());
            told++;
        }
        if (receipt.refused() > told) {
            // The receipt names only some; the others were refused by the same rules.
            String reason = receipt.refusals().isEmpty()
                    ? "refused"
                    : words(receipt.refusals().get(0).reason());
            counts.merge(reason, receipt.refused() - told, Integer::sum);
        }
    }

    private static String words(Receipt.Reason reason) {
        return switch (reason) {
            case CONFLICT -> "duplicate sample for timestamp";
            case TOO_OLD -> "too old sample";
            case TOO_NEW -> "out of bounds";
            case TOO_MANY_SERIES -> "too many series";
            case BAD_LABELS -> "invalid labels";
        };
    }

    public boolean isEmpty() {
        return counts.isEmpty();
    }

    /** How many samples were refused for each reason. */
    public Map<String, Integer> counts() {
        return counts;
    }

    public int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** For whoever reads the sender's log. */
    public String text() {
        var text = new StringBuilder();
        counts.forEach((reason, count) -> text.append(text.isEmpty() ? "" : ", ")
                .append(reason)
                .append(" (")
                .append(count)
                .append(')'));
        examples.forEach(example -> text.append('\n').append(example));
        return text.toString();
    }
}
