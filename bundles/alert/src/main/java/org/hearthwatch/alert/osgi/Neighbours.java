package org.hearthwatch.alert.osgi;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hearthwatch.api.alert.ActiveAlert;
import org.hearthwatch.api.alert.AlertState;
import org.hearthwatch.api.alert.RuleMonitor;
import org.hearthwatch.api.alert.RuleStatus;
import org.hearthwatch.api.audit.AuditLog;
import org.hearthwatch.api.inventory.Inventory;
import org.hearthwatch.api.inventory.InventoryGraph;

/** Services of others that may come and go while alerts are routed. Thread-safe. */
final class Neighbours {

    private volatile Optional<AuditLog> audit = Optional.empty();
    private volatile Optional<RuleMonitor> rules = Optional.empty();
    private volatile Optional<Inventory> inventory = Optional.empty();

    void audit(Optional<AuditLog> log) {
        audit = log;
    }

    void rules(Optional<RuleMonitor> monitor) {
        rules = monitor;
    }

    void inventory(Optional<Inventory> known) {
        inventory = known;
    }

    Optional<AuditLog> audit() {
        return audit;
    }

    Optional<RuleMonitor> rules() {
        return rules;
    }

    Optional<Inventory> inventory() {
        return inventory;
    }

    /** What stands on what; nothing as long as nobody knows. */
    InventoryGraph graph() {
        return inventory.map(Inventory::graph).orElse(InventoryGraph.EMPTY);
    }

    /** Alerts whose condition holds, but not yet for long enough. */
    List<ActiveAlert> pending() {
        return rules.map(RuleMonitor::groups).orElse(List.of()).stream()
                .flatMap(group -> group.rules().stream())
                .flatMap(rule ->
                        rule instanceof RuleStatus.Alerting alerting ? alerting.alerts().stream() : Stream.empty())
                .filter(alert -> alert.state() == AlertState.PENDING)
                .toList();
    }
}
