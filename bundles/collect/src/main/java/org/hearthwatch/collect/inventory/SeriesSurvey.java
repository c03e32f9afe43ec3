package org.hearthwatch.collect.inventory;

import static org.hearthwatch.api.inventory.Edge.Kind.DEPENDS_ON;
import static org.hearthwatch.api.inventory.Edge.Kind.RUNS_ON;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.hearthwatch.api.inventory.EntityId;
import org.hearthwatch.api.inventory.EntityKind;
import org.hearthwatch.api.inventory.InventoryReport;
import org.hearthwatch.api.inventory.InventorySource;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.api.query.QueryEngine;
import org.hearthwatch.api.query.QueryException;
import org.hearthwatch.api.query.QueryValue;
import org.hearthwatch.api.query.SeriesLookup;
import org.hearthwatch.api.store.Matcher;

/**
 * Reads off the labels of well-known exporters what there is: node_exporter, prometheus-pve-exporter, cAdvisor, probes, the
 * NUT exporters, and {@code up} of everything that is scraped. What was there within a day still is: the series of a machine
 * that is down are the ones that end.
 */
public final class SeriesSurvey implements InventorySource {

    private static final Duration MEMORY = Duration.ofDays(1);
    private static final OptionalInt MOST = OptionalInt.of(50_000);
    private static final String INSTANCE = "instance";
    private static final List<String> UPS = List.of("network_ups_tools_ups_status", "nut_ups_status", "nut_status");
    private static final String NAMES = String.join(
            "|",
            "node_uname_info",
            "node_filesystem_size_bytes",
            "node_disk_io_time_seconds_total",
            "node_md_disks_required",
            "node_zfs_zpool_state",
            "node_network_up",
            "pve_node_info",
            "pve_guest_info",
            "pve_storage_info",
            "container_last_seen",
            "probe_success",
            "up",
            String.join("|", UPS));
    private static final List<List<Matcher>> WANTED = List.of(
            List.of(new Matcher(Labels.NAME, Matcher.Kind.MATCHES, NAMES)),
            List.of(
                    Matcher.metric("node_systemd_unit_state"),
                    Matcher.equal("state", "active"),
                    new Matcher("name", Matcher.Kind.MATCHES, ".+\\.service")));
    private static final Pattern PASSING_INTERFACE = Pattern.compile("lo|(veth|br-|docker|tap|fw(br|pr|ln)|cali).*");

    private static final String STOPPED =
            "pve_up{id=~\"(qemu|lxc)/.+\"} == 0 and on (instance, id) pve_onboot_status == 0";
    private static final String BEING_BACKED_UP = "pve_lock_state{state=\"backup\"} == 1";

    private final SeriesLookup series;
    private final QueryEngine engine;
    private final InstantSource clock;

    public SeriesSurvey(SeriesLookup series, QueryEngine engine, InstantSource clock) {
        this.series = series;
        this.engine = engine;
        this.clock = clock;
    }

    @Override
    public InventoryReport report(String instance) throws IOException {
        Instant now = clock.instant();
        try {
            List<Labels> found = series.series(WANTED, now.minus(MEMORY).toEpochMilli(), now.toEpochMilli(), MOST)
                    .values();
            return new Reading(found).report(idle(STOPPED, now), idle(BEING_BACKED_UP, now));
        } catch (QueryException e) {
            throw new IOException("series cannot be asked: " + e.getMessage(), e);
        }
    }

    private List<Labels> idle(String expression, Instant now) throws QueryException {
        return engine.instant(expression, now).value() instanceof QueryValue.Vector vector
                ? vector.samples().stream().map(Sample::labels).toList()
                : List.of();
    }

    /** One look at the series. */
    private static final class Reading {

        private final Draft draft = new Draft();
        private final Hosts hosts = new Hosts();
        private final Map<String, List<Labels>> series = new TreeMap<>();
        private final Map<Labels, EntityId> guests = new HashMap<>();

        Reading(List<Labels> found) {
            found.forEach(each -> series.computeIfAbsent(each.metricName(), name -> new ArrayList<>())
                    .add(each));
        }

        private void each(String metric, Consumer<Labels> reader) {
            for (Labels labels : series.getOrDefault(metric, List.of())) {
                try {
                    reader.accept(labels);
                } catch (IllegalArgumentException e) {
                    // Labels that make no name tell of nothing.
                    draft.passOver();
                }
            }
        }

        InventoryReport report(List<Labels> stopped, List<Labels> backedUp) {
            each("node_uname_info", uname -> draft.add(hosts.addInstance(uname), uname, INSTANCE));
            each("pve_node_info", node -> draft.add(hosts.addName(node.get("name")), node, INSTANCE, "id"));
            var storage = new StorageSurvey(draft, hosts);
            each("node_disk_io_time_seconds_total", storage::disk);
            each("node_md_disks_required", storage::disk);
            each("node_zfs_zpool_state", storage::pool);
            each("pve_storage_info", storage::proxmox);
            each("node_filesystem_size_bytes", storage::filesystem);
            each("node_network_up", this::networkInterface);
            each("node_systemd_unit_state", each -> part(EntityKind.SERVICE, each, "name"));
            each("container_last_seen", this::container);
            each("pve_guest_info", this::guest);
            joinGuests();
            stopped.forEach(each -> idle(each, "stopped on purpose"));
            backedUp.forEach(each -> idle(each, "being backed up"));
            each("up", this::target);
            each("probe_success", this::probe);
            UPS.forEach(metric -> each(metric, this::ups));
            return draft.report("series");
        }

        private void part(EntityKind kind, Labels labels, String name) {
            EntityId host = hosts.of(labels.get(INSTANCE));
            EntityId part = EntityId.part(kind, host, labels.get(name));
            draft.add(part, labels, INSTANCE, name);
            draft.edge(part, kind == EntityKind.INTERFACE ? DEPENDS_ON : RUNS_ON, host);
        }

        private void networkInterface(Labels labels) {
            if (!PASSING_INTERFACE.matcher(labels.get("device")).matches()) {
                part(EntityKind.INTERFACE, labels, "device");
            }
        }

        private void container(Labels labels) {
            if (labels.has("name")) {
                part(EntityKind.CONTAINER, labels, "name");
            }
        }

        private void ups(Labels labels) {
            if (labels.has("ups")) {
                draft.add(new EntityId(EntityKind.UPS, labels.get("ups")), labels, INSTANCE, "ups");
            }
        }

        private void guest(Labels labels) {
            String name = labels.has("name") ? labels.get("name") : labels.get("id");
            EntityId id = new EntityId(EntityKind.GUEST, name);
            Labels own = labels.only(List.of(INSTANCE, "id"));
            boolean taken = guests.entrySet().stream()
                    .anyMatch(known ->
                            known.getValue().equals(id) && !known.getKey().equals(own));
            EntityId guest = taken ? new EntityId(EntityKind.GUEST, name + " " + labels.get("id")) : id;
            guests.put(own, guest);
            draft.add(guest, labels, INSTANCE, "id");
            draft.edge(guest, RUNS_ON, hosts.of(labels.get("node")));
        }

        /** A machine that has the name of a guest is what runs within it. */
        private void joinGuests() {
            for (EntityId guest : guests.values()) {
                hosts.known(guest.name()).ifPresent(host -> draft.edge(host, RUNS_ON, guest));
            }
        }

        private void idle(Labels labels, String why) {
            EntityId guest = guests.get(labels.only(List.of(INSTANCE, "id")));
            if (guest != null) {
                draft.idle(guest, why);
            }
        }

        private void target(Labels labels) {
            String instance = labels.get(INSTANCE);
            if (instance.isBlank() || instance.contains("://") || hosts.hasInstance(instance)) {
                return;
            }
            var service = new EntityId(EntityKind.SERVICE, labels.get("job") + "@" + instance);
            draft.add(service, labels, INSTANCE, "job");
            draft.edge(service, RUNS_ON, hosts.of(instance));
        }

        private void probe(Labels labels) {
            if (!labels.has(INSTANCE)) {
                return;
            }
            var service = new EntityId(EntityKind.SERVICE, labels.get(INSTANCE));
            draft.add(service, labels, INSTANCE, "job");
            hosts.known(labels.get(INSTANCE)).ifPresent(host -> draft.edge(service, DEPENDS_ON, host));
        }
    }
}
