package org.hearthwatch.collector.runtime.osgi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hearthwatch.collector.runtime.doctor.ComponentState;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** The components of the container, in the doctor's words. */
final class Components {

    private final ServiceComponentRuntime runtime;

    Components(ServiceComponentRuntime runtime) {
        this.runtime = runtime;
    }

    List<ComponentState> list() {
        var states = new ArrayList<ComponentState>();
        for (ComponentDescriptionDTO description : runtime.getComponentDescriptionDTOs()) {
            Collection<ComponentConfigurationDTO> configurations = runtime.getComponentConfigurationDTOs(description);
            for (ComponentConfigurationDTO configuration : configurations) {
                states.add(state(
                        description,
                        stateOf(configuration.state),
                        missing(description, configuration),
                        Optional.ofNullable(configuration.failure)));
            }
            if (configurations.isEmpty() && "require".equals(description.configurationPolicy)) {
                states.add(state(description, ComponentState.State.NEEDS_CONFIGURATION, List.of(), Optional.empty()));
            }
        }
        return states;
    }

    private static ComponentState state(
            ComponentDescriptionDTO description,
            ComponentState.State state,
            List<ComponentState.Missing> missing,
            Optional<String> failure) {
        return new ComponentState(
                description.name,
                description.bundle.symbolicName,
                Set.of(description.serviceInterfaces),
                state,
                missing,
                Arrays.asList(description.configurationPid),
                failure);
    }

    private static ComponentState.State stateOf(int state) {
        return switch (state) {
            case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION -> ComponentState.State.NEEDS_CONFIGURATION;
            case ComponentConfigurationDTO.UNSATISFIED_REFERENCE -> ComponentState.State.NEEDS_REFERENCE;
            case ComponentConfigurationDTO.FAILED_ACTIVATION -> ComponentState.State.FAILED;
            default -> ComponentState.State.WELL;
        };
    }

    private static List<ComponentState.Missing> missing(
            ComponentDescriptionDTO description, ComponentConfigurationDTO configuration) {
        var missing = new ArrayList<ComponentState.Missing>();
        for (UnsatisfiedReferenceDTO unsatisfied : configuration.unsatisfiedReferences) {
            for (ReferenceDTO reference : description.references) {
                if (reference.name.equals(unsatisfied.name)) {
                    missing.add(new ComponentState.Missing(
                            reference.interfaceName, unsatisfied.target == null ? "" : unsatisfied.target));
                }
            }
        }
        return missing;
    }
}
