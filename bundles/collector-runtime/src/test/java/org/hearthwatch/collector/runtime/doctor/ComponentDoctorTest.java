package org.hearthwatch.collector.runtime.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hearthwatch.api.health.Finding;
import org.hearthwatch.collector.runtime.doctor.ComponentState.State;
import org.junit.jupiter.api.Test;

class ComponentDoctorTest {

    private static final ComponentState QUERY = waiting("org.example.Query", "Engine", "org.example.Reader");

    @Test
    void what_runs_is_not_spoken_of() {
        assertThat(examine(component("org.example.Store", "Reader", State.WELL)))
                .isEmpty();
    }

    @Test
    void a_component_nobody_configured_is_an_offer_not_a_fault() {
        assertThat(examine(component("org.example.Store", "Reader", State.NEEDS_CONFIGURATION)))
                .isEmpty();
    }

    @Test
    void a_missing_service_that_nobody_offers_is_named() {
        assertThat(examine(QUERY)).singleElement().satisfies(finding -> {
            assertThat(finding.subject()).isEqualTo("component Query of bundle bundle.of.Query");
            assertThat(finding.problem()).isEqualTo("it needs a service Reader, but no started bundle offers one");
        });
    }

    @Test
    void the_cause_is_followed_to_its_source() {
        var alert = waiting("org.example.Alert", "Alerts", "Engine");
        var store =
                failed("org.example.Store", "org.example.Reader", "java.io.IOException: The disk is full\n\tat x.Y");

        assertThat(problemOf(alert, alert, QUERY, store))
                .isEqualTo(
                        "it needs a service Engine, but Query of bundle bundle.of.Query, which offers one, does not run:"
                                + " it needs a service Reader, but Store of bundle bundle.of.Store, which offers one, failed to"
                                + " start: The disk is full");
    }

    @Test
    void a_failure_is_told_by_the_first_line_of_its_innermost_cause() {
        var store = failed("org.example.Store", "Reader", """
                org.osgi.service.component.ComponentException: wrapped
                	at x.Y.z(Y.java:1)
                Caused by: org.hearthwatch.api.config.InvalidSettingException: etc/a.cfg: b = c is not allowed
                	at x.Y.z(Y.java:2)
                """);

        assertThat(problemOf(store, store)).isEqualTo("it failed to start: etc/a.cfg: b = c is not allowed");
    }

    @Test
    void the_classes_of_wrapped_exceptions_are_left_out() {
        var store =
                failed("org.example.Store", "Reader", "a.b.WrapException: java.lang.NumberFormatException: \"many\"");

        assertThat(problemOf(store, store)).isEqualTo("it failed to start: \"many\"");
    }

    @Test
    void a_component_that_failed_with_its_provider_points_there() {
        var reader = failed(
                "org.example.Reader", "Reader", "x.ComponentException: Unable to get service for reference $000");

        assertThat(problemOf(reader, reader)).contains("a service it needs failed to start");
    }

    @Test
    void a_provider_without_its_configuration_names_the_file() {
        var store = new ComponentState(
                "org.example.Store",
                "bundle",
                Set.of("org.example.Reader"),
                State.NEEDS_CONFIGURATION,
                List.of(),
                List.of("org.example.store"),
                Optional.empty());

        assertThat(problemOf(QUERY, QUERY, store))
                .endsWith("has no configuration: there is no file etc/org.example.store.cfg or"
                        + " etc/org.example.store-NAME.cfg");
    }

    @Test
    void two_that_wait_for_each_other_are_told_apart_from_an_endless_chain() {
        var a = waiting("org.example.A", "TypeA", "TypeB");
        var b = waiting("org.example.B", "TypeB", "TypeA");

        assertThat(problemOf(a, a, b)).endsWith("A of bundle bundle.of.A, which offers one, waits for it in turn");
    }

    @Test
    void a_filter_that_nothing_matches_is_shown() {
        var picky = new ComponentState(
                "org.example.Picky",
                "bundle",
                Set.of(),
                State.NEEDS_REFERENCE,
                List.of(new ComponentState.Missing("Reader", "(kind=fast)")),
                List.of(),
                Optional.empty());

        assertThat(problemOf(picky, picky, component("org.example.Store", "Reader", State.WELL)))
                .isEqualTo("it needs a service Reader matching (kind=fast), but Store of bundle bundle.of.Store, which"
                        + " offers one, offers none that fits");
    }

    private static List<Finding> examine(ComponentState... components) {
        return new ComponentDoctor(List.of(components)).examine();
    }

    private static String problemOf(ComponentState component, ComponentState... all) {
        String name = component.name().substring(component.name().lastIndexOf('.') + 1);
        return examine(all).stream()
                .filter(finding -> finding.subject().startsWith("component " + name + " "))
                .findFirst()
                .orElseThrow()
                .problem();
    }

    private static ComponentState waiting(String name, String offers, String needs) {
        return state(name, offers, State.NEEDS_REFERENCE, List.of(new ComponentState.Missing(needs, "")), "");
    }

    private static ComponentState failed(String name, String offers, String failure) {
        return state(name, offers, State.FAILED, List.of(), failure);
    }

    private static ComponentState component(String name, String offers, State state) {
        return state(name, offers, state, List.of(), "");
    }

    private static ComponentState state(
            String name, String offers, State state, List<ComponentState.Missing> missing, String failure) {
        return new ComponentState(
                name,
                "bundle.of." + name.substring(name.lastIndexOf('.') + 1),
                Set.of(offers),
                state,
                missing,
                List.of(name),
                Optional.of(failure).filter(text -> !text.isEmpty()));
    }
}
