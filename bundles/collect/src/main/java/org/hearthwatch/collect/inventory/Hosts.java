package org.hearthwatch.collect.inventory;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.hearthwatch.api.inventory.EntityId;
import org.hearthwatch.api.metric.Labels;

/** The machines that are known by series of their own, and the names others call them by. Not thread-safe. */
final class Hosts {

    /** Addresses that say nothing to a person, or mean another machine for everybody. */
    private static final Pattern NAMELESS = Pattern.compile("localhost|[0-9.]+|.*:.*");

    private final Map<String, EntityId> byInstance = new HashMap<>();
    private final Map<String, EntityId> byName = new TreeMap<>();

    /** A machine that tells of itself under an {@code instance}. */
    EntityId addInstance(Labels uname) {
        String instance = uname.get("instance");
        EntityId byAddress = EntityId.host(instance);
        String own = uname.get("nodename");
        EntityId host = own.isBlank() || !NAMELESS.matcher(byAddress.name()).matches()
                ? byAddress
                : EntityId.host(own.toLowerCase(Locale.ROOT));
        byInstance.put(instance, host);
        byName.put(host.name(), host);
        return host;
    }

    /** A machine that others tell of. */
    EntityId addName(String name) {
        EntityId host = known(name).orElseGet(() -> EntityId.host(name));
        byName.put(host.name(), host);
        return host;
    }

    boolean hasInstance(String instance) {
        return byInstance.containsKey(instance);
    }

    /** The machine of an {@code instance} label, an address or a URL. */
    EntityId of(String address) {
        EntityId told = byInstance.get(address);
        return told != null ? told : known(address).orElseGet(() -> EntityId.host(address));
    }

    /** The known machine that an address means: of that name, or the only one whose name is a shorter or longer form of it. */
    Optional<EntityId> known(String address) {
        String name = EntityId.host(address).name();
        EntityId exact = byName.get(name);
        if (exact != null) {
            return Optional.of(exact);
        }
        if (NAMELESS.matcher(name).matches()) {
            return Optional.empty();
        }
        List<EntityId> alike = byName.values().stream()
                .filter(host -> host.name().startsWith(name + ".") || name.startsWith(host.name() + "."))
                .toList();
        return alike.size() == 1 ? Optional.of(alike.get(0)) : Optional.empty();
    }

    Iterable<EntityId> all() {
        return byName.values();
    }
}
