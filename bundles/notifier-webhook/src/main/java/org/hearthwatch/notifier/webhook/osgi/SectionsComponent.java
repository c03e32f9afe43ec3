package org.hearthwatch.notifier.webhook.osgi;

import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.hearthwatch.api.net.Egress;
import org.hearthwatch.api.notify.InvalidReceiverException;
import org.hearthwatch.api.notify.Notifier;
import org.hearthwatch.api.notify.NotifierFactory;
import org.hearthwatch.api.secret.Secrets;
import org.hearthwatch.notifier.webhook.HttpNotifier;
import org.hearthwatch.notifier.webhook.section.Entry;
import org.hearthwatch.notifier.webhook.section.Sections;
import org.hearthwatch.notifier.webhook.wire.HttpWire;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Makes channels of the receivers of an Alertmanager configuration. */
@Component
public final class SectionsComponent implements NotifierFactory {

    private static final String SUFFIX = "_configs";

    private final Egress egress;
    private final Secrets secrets;
    private final Traffic traffic;

    @Activate
    public SectionsComponent(@Reference Egress egress, @Reference Secrets secrets, @Reference Traffic traffic) {
        this.egress = egress;
        this.secrets = secrets;
        this.traffic = traffic;
    }

    @Override
    public Set<String> sections() {
        return Set.copyOf(Sections.names());
    }

    @Override
    public Notifier create(String section, String name, Map<String, Object> entry, Map<String, Object> global)
            throws InvalidReceiverException {
        Sections.Made made = Sections.make(section, new Entry(entry, global));
        String kind = section.endsWith(SUFFIX) ? section.substring(0, section.length() - SUFFIX.length()) : section;
        return traffic.counted(new HttpNotifier(
                name,
                kind,
                made.channel(),
                made.timeout(),
                made.wire(route -> new HttpWire(egress, route, traffic.threads()), secrets, InstantSource.system()),
                secrets));
    }
}
