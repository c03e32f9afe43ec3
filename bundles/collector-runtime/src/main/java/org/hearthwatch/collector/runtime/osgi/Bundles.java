package org.hearthwatch.collector.runtime.osgi;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hearthwatch.api.health.Finding;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/** Says why bundles are not at work. */
final class Bundles {

    private static final Pattern PACKAGE =
            Pattern.compile("\\(" + Pattern.quote(PackageNamespace.PACKAGE_NAMESPACE) + "=([^)]+)\\)");

    private final BundleContext context;

    Bundles(BundleContext context) {
        this.context = context;
    }

    static String stateOf(Bundle bundle) {
        return switch (bundle.getState()) {
            case Bundle.ACTIVE -> "active";
            case Bundle.RESOLVED -> "resolved";
            case Bundle.STARTING -> "starting";
            case Bundle.STOPPING -> "stopping";
            case Bundle.INSTALLED -> "installed";
            default -> "uninstalled";
        };
    }

    List<Finding> examine() {
        var findings = new ArrayList<Finding>();
        for (Bundle bundle : context.getBundles()) {
            if (bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null) {
                continue;
            }
            String subject = "bundle " + bundle.getSymbolicName();
            if (bundle.getState() == Bundle.INSTALLED) {
                findings.add(new Finding(
                        Finding.Severity.WARNING,
                        subject,
                        "it cannot start: " + lacks(bundle),
                        "install what is missing, or a version of the bundle that fits"));
            } else if (bundle.getState() == Bundle.RESOLVED) {
                findings.add(new Finding(
                        Finding.Severity.WARNING,
                        subject,
                        "it is stopped, or failed to start",
                        "look for its name in the log, then restart the appliance"));
            }
        }
        return findings;
    }

    private String lacks(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        var missing = new ArrayList<String>();
        for (BundleRequirement requirement : revision.getDeclaredRequirements(null)) {
            if (isMandatory(requirement) && !isOffered(requirement)) {
                missing.add(words(requirement));
            }
        }
        return missing.isEmpty()
                ? "what it needs is there, but in combinations that do not fit each other"
                : "it needs " + String.join(" and ", missing) + ", which no bundle offers";
    }

    private boolean isOffered(BundleRequirement requirement) {
        for (Bundle bundle : context.getBundles()) {
            BundleRevision revision = bundle.adapt(BundleRevision.class);
            if (revision != null && bundle.getState() != Bundle.INSTALLED) {
                for (BundleCapability capability : revision.getDeclaredCapabilities(requirement.getNamespace())) {
                    if (requirement.matches(capability)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean isMandatory(BundleRequirement requirement) {
        var directives = requirement.getDirectives();
        return !"optional".equals(directives.get(Constants.RESOLUTION_DIRECTIVE))
                && !"dynamic".equals(directives.get(Constants.RESOLUTION_DIRECTIVE))
                && !"active".equals(directives.get(Constants.EFFECTIVE_DIRECTIVE));
    }

    private static String words(BundleRequirement requirement) {
        String filter = Objects.requireNonNullElse(requirement.getDirectives().get(Constants.FILTER_DIRECTIVE), "");
        Matcher matcher = PACKAGE.matcher(filter);
        return matcher.find()
                ? "the package " + matcher.group(1) + " " + filter
                : (requirement.getNamespace().toLowerCase(Locale.ROOT) + " " + filter).strip();
    }
}
