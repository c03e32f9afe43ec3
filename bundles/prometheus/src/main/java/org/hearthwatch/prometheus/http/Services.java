package org.hearthwatch.prometheus.http;

import java.util.Optional;
import java.util.function.Supplier;
import org.hearthwatch.api.alert.RuleMonitor;
import org.hearthwatch.api.collect.Collectors;
import org.hearthwatch.api.health.Appliance;
import org.hearthwatch.api.store.ExemplarStore;
import org.hearthwatch.api.store.StoreAdmin;

/** Parts of the appliance that some answers show and that may be missing at times; asked for at each request. */
public record Services(
        Supplier<Optional<RuleMonitor>> rules,
        Supplier<Optional<ExemplarStore>> exemplars,
        Supplier<Optional<Collectors>> collectors,
        Supplier<Optional<StoreAdmin>> admin,
        Supplier<Optional<Appliance>> appliance) {

    /** None of them. */
    public static final Services NONE =
            new Services(Optional::empty, Optional::empty, Optional::empty, Optional::empty, Optional::empty);
}
