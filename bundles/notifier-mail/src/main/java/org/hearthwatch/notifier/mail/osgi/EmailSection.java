package org.hearthwatch.notifier.mail.osgi;

import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.hearthwatch.api.net.Egress;
import org.hearthwatch.api.notify.InvalidReceiverException;
import org.hearthwatch.api.notify.Notifier;
import org.hearthwatch.api.notify.NotifierFactory;
import org.hearthwatch.api.secret.Secrets;
import org.hearthwatch.notifier.mail.Charts;
import org.hearthwatch.notifier.mail.EmailEntry;
import org.hearthwatch.notifier.mail.Letter;
import org.hearthwatch.notifier.mail.MailNotifier;
import org.hearthwatch.notifier.mail.smtp.SmtpPost;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Makes mailboxes of the receivers of an Alertmanager configuration. */
@Component
public final class EmailSection implements NotifierFactory {

    private final Egress egress;
    private final Secrets secrets;
    private final Traffic traffic;

    @Activate
    public EmailSection(@Reference Egress egress, @Reference Secrets secrets, @Reference Traffic traffic) {
        this.egress = egress;
        this.secrets = secrets;
        this.traffic = traffic;
    }

    @Override
    public Set<String> sections() {
        return Set.of("email_configs");
    }

    @Override
    public Notifier create(String section, String name, Map<String, Object> entry, Map<String, Object> global)
            throws InvalidReceiverException {
        EmailEntry.Read read = EmailEntry.read(entry, global);
        return traffic.counted(new MailNotifier(
                name,
                read.relay(),
                new Letter(read.design(), Charts.NONE),
                new SmtpPost(egress, secrets, traffic.threads()),
                InstantSource.system()));
    }
}
