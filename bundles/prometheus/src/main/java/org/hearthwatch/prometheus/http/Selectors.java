package org.hearthwatch.prometheus.http;

import java.util.ArrayList;
import java.util.List;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.Matcher;

/** Reads the selectors among the parameters. */
final class Selectors {

    /** More selectors, or matchers in all, are no question but an attempt. */
    static final int MOST = 1000;

    private Selectors() {}

    /** A refusal made of a message. */
    @FunctionalInterface
    interface Refusal {
        ApiProblem of(String message);
    }

    /** Selectors of which each refuses a series without labels. */
    static List<List<Matcher>> selective(List<String> texts, Refusal refusal) throws ApiProblem {
        List<List<Matcher>> selectors = parse(texts, refusal);
        for (List<Matcher> selector : selectors) {
            if (Matching.of(selector).test(Labels.EMPTY)) {
                throw refusal.of("match[] must contain at least one non-empty matcher");
            }
        }
        return selectors;
    }

    /** Selectors, those that select everything among them. */
    static List<List<Matcher>> parse(List<String> texts, Refusal refusal) throws ApiProblem {
        if (texts.size() > MOST) {
            throw refusal.of("more than " + MOST + " selectors");
        }
        var selectors = new ArrayList<List<Matcher>>(texts.size());
        int matchers = 0;
        for (String text : texts) {
            try {
                selectors.add(Selector.parse(text));
            } catch (IllegalArgumentException e) {
                throw refusal.of(String.valueOf(e.getMessage()));
            }
            matchers += selectors.get(selectors.size() - 1).size();
            if (matchers > MOST) {
                throw refusal.of("more than " + MOST + " matchers");
            }
        }
        return selectors;
    }
}
