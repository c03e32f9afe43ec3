package org.hearthwatch.alert.osgi;

import java.util.ArrayList;
import java.util.List;
import org.hearthwatch.alert.notify.AlertFindings;
import org.hearthwatch.api.alert.Routing;
import org.hearthwatch.api.alert.RuleMonitor;
import org.hearthwatch.api.health.Finding;
import org.hearthwatch.api.health.Notices;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Tells whoever looks at the appliance what is wrong with rules, routing and channels. */
@Component
public final class AlertNotices implements Notices {

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable RuleMonitor rules;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Routing routing;

    @Override
    public List<Finding> notices() {
        var findings = new ArrayList<Finding>();
        RuleMonitor monitor = rules;
        if (monitor != null) {
            findings.addAll(AlertFindings.ofRules(monitor.refused(), monitor.groups()));
        }
        Routing known = routing;
        if (known != null) {
            findings.addAll(AlertFindings.ofRouting(known.status(), known.receivers()));
        }
        return findings;
    }
}
