package org.hearthwatch.collector.runtime.doctor;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A Declarative Services component as the container sees it.
 *
 * @param bundle the symbolic name of its bundle
 * @param offers the interfaces of its services
 * @param state why it runs or not
 * @param missing references nothing satisfies
 * @param configurations the PIDs whose configuration it demands
 * @param failure what its activation threw
 */
public record ComponentState(
        String name,
        String bundle,
        Set<String> offers,
        State state,
        List<Missing> missing,
        List<String> configurations,
        Optional<String> failure) {

    public ComponentState {
        offers = Set.copyOf(offers);
        missing = List.copyOf(missing);
        configurations = List.copyOf(configurations);
    }

    /** The states of OSGi Compendium, section 112.5.20, that matter here. */
    public enum State {
        /** It runs, or would as soon as somebody asks for it. */
        WELL,
        NEEDS_REFERENCE,
        NEEDS_CONFIGURATION,
        FAILED
    }

    /**
     * A service that is not there.
     *
     * @param type the interface
     * @param target the filter it must match; empty for any
     */
    public record Missing(String type, String target) {}
}
