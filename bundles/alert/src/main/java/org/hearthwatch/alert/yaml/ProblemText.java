package org.hearthwatch.alert.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Problems in the words of Prometheus's tools. */
public final class ProblemText {

    private ProblemText() {}

    /** One text for all that is wrong with the shape of a file, and one for each other problem. */
    public static List<String> of(List<Problem> problems) {
        var texts = new ArrayList<String>();
        var shape = new StringBuilder();
        List<Problem> ordered = problems.stream()
                .sorted(Comparator.comparing(problem ->
                        problem.kind() == Problem.Kind.SHAPE ? problem.place().line() : 0))
                .toList();
        for (Problem problem : ordered) {
            switch (problem.kind()) {
                case SYNTAX -> texts.add("yaml: line " + problem.place().line() + ": " + problem.text());
                case SHAPE ->
                    shape.append("\n  line ")
                            .append(problem.place().line())
                            .append(": ")
                            .append(problem.text());
                case VALUE -> texts.add(problem.toString());
            }
        }
        if (!shape.isEmpty()) {
            texts.add(0, "yaml: unmarshal errors:" + shape);
        }
        return texts;
    }
}
