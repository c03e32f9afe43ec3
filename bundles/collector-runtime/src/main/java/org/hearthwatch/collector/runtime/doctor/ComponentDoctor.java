package org.hearthwatch.collector.runtime.doctor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hearthwatch.api.health.Finding;

/**
 * Says why components do not run. What a component lacks is followed to its source: the component that would offer it, what
 * that one lacks, and so on.
 */
public final class ComponentDoctor {

    private static final int DEEPEST = 8;
    private static final int MESSAGE_LENGTH = 300;
    /** Felix SCR's words for a service whose own component failed when it was asked for. */
    private static final String NO_SERVICE = "Unable to get service for reference";

    private final List<ComponentState> components;

    public ComponentDoctor(List<ComponentState> components) {
        this.components = List.copyOf(components);
    }

    /**
     * One finding for each component that does not run. One that waits for its own configuration is none: it is an offer
     * nobody took up, unless another component needs it.
     */
    public List<Finding> examine() {
        var findings = new ArrayList<Finding>();
        for (ComponentState component : components) {
            switch (component.state()) {
                case FAILED ->
                    findings.add(finding(
                            component,
                            "it failed to start: " + message(component),
                            "mend what the message says; it starts again when its configuration changes or its bundle is"
                                    + " restarted"));
                case NEEDS_REFERENCE ->
                    findings.add(finding(
                            component,
                            lacks(component, Set.of(component.name())),
                            "mend the cause named last; it starts by itself then"));
                case WELL, NEEDS_CONFIGURATION -> {}
            }
        }
        return findings;
    }

    private static Finding finding(ComponentState component, String problem, String remedy) {
        return new Finding(
                Finding.Severity.WARNING,
                "component " + shortName(component.name()) + " of bundle " + component.bundle(),
                problem,
                remedy);
    }

    private String lacks(ComponentState component, Set<String> above) {
        var reasons = new ArrayList<String>();
        for (ComponentState.Missing missing : component.missing()) {
            String filter = missing.target().isEmpty() ? "" : " matching " + missing.target();
            reasons.add("it needs a service " + shortName(missing.type()) + filter + ", but "
                    + absence(missing.type(), above));
        }
        return reasons.isEmpty() ? "it lacks a service" : String.join("; and ", reasons);
    }

    private String absence(String type, Set<String> above) {
        List<ComponentState> providers = components.stream()
                .filter(component -> component.offers().contains(type))
                .toList();
        if (providers.isEmpty()) {
            return "no started bundle offers one";
        }
        var reasons = new ArrayList<String>();
        for (ComponentState provider : providers) {
            reasons.add(shortName(provider.name()) + " of bundle " + provider.bundle() + ", which offers one, "
                    + condition(provider, above));
        }
        return String.join(", and ", reasons);
    }

    private String condition(ComponentState provider, Set<String> above) {
        if (above.contains(provider.name())) {
            return "waits for it in turn";
        }
        return switch (provider.state()) {
            case WELL -> "offers none that fits";
            case FAILED -> "failed to start: " + message(provider);
            case NEEDS_CONFIGURATION -> "has no configuration: there is no file " + files(provider);
            case NEEDS_REFERENCE ->
                above.size() >= DEEPEST
                        ? "does not run either"
                        : "does not run: " + lacks(provider, and(above, provider.name()));
        };
    }

    private static Set<String> and(Set<String> names, String name) {
        var all = new HashSet<>(names);
        all.add(name);
        return all;
    }

    private static String files(ComponentState component) {
        return String.join(
                ", ",
                component.configurations().stream()
                        .map(pid -> "etc/" + pid + ".cfg or etc/" + pid + "-NAME.cfg")
                        .toList());
    }

    /** The first line of the innermost cause, which is where the words for people are. */
    private static String message(ComponentState component) {
        String failure = component.failure().orElse("no reason was given");
        int cause = failure.lastIndexOf("Caused by: ");
        String from = cause < 0 ? failure : failure.substring(cause + "Caused by: ".length());
        String line = from.lines().findFirst().orElse("");
        if (line.contains(NO_SERVICE)) {
            return "a service it needs failed to start, of which there is a finding too";
        }
        // The classes in front of the message mean nothing to people: java.lang.IllegalStateException: the message.
        String text = line.replaceFirst("^([\\w.$]+(Exception|Error): )+", "");
        return text.length() <= MESSAGE_LENGTH ? text : text.substring(0, MESSAGE_LENGTH) + "…";
    }

    private static String shortName(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
