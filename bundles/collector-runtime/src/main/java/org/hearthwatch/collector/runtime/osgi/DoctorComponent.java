package org.hearthwatch.collector.runtime.osgi;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hearthwatch.api.collect.Collectors;
import org.hearthwatch.api.health.Doctor;
import org.hearthwatch.api.health.Finding;
import org.hearthwatch.api.health.Notices;
import org.hearthwatch.api.store.StoreMonitor;
import org.hearthwatch.collector.runtime.doctor.ComponentDoctor;
import org.hearthwatch.collector.runtime.doctor.ConfigurationFiles;
import org.hearthwatch.collector.runtime.doctor.WorkDoctor;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** Asks every part what is wrong. */
@Component
public final class DoctorComponent implements Doctor {

    /** Names the folder whose {@code etc} has what people set. */
    static final String HOME = "hearthwatch.home";

    private final BundleContext context;
    private final Components components;
    private final Configurations configurations;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Collectors collectors;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable StoreMonitor store;

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Collection<Notices> notices = new CopyOnWriteArrayList<>();

    @Activate
    public DoctorComponent(
            BundleContext context, @Reference ServiceComponentRuntime runtime, @Reference ConfigurationAdmin admin) {
        this.context = context;
        this.components = new Components(runtime);
        this.configurations = new Configurations(context, admin);
    }

    @Override
    public List<Finding> examine() {
        var findings = new ArrayList<Finding>();
        notices.forEach(each -> findings.addAll(each.notices()));
        findings.addAll(new WorkDoctor(Optional.ofNullable(store), Optional.ofNullable(collectors)).examine());
        findings.addAll(configurations.examine());
        String home = context.getProperty(HOME);
        if (home != null) {
            findings.addAll(new ConfigurationFiles(Path.of(home, "etc")).examine());
        }
        findings.addAll(new Bundles(context).examine());
        findings.addAll(new ComponentDoctor(components.list()).examine());
        findings.sort(Comparator.comparing(Finding::severity).thenComparing(Finding::subject));
        return List.copyOf(findings);
    }
}
