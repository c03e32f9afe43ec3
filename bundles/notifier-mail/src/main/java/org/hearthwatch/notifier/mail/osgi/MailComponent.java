package org.hearthwatch.notifier.mail.osgi;

import java.time.InstantSource;
import java.util.Dictionary;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.net.Egress;
import org.hearthwatch.api.notify.Notifier;
import org.hearthwatch.api.query.QueryEngine;
import org.hearthwatch.api.secret.Secrets;
import org.hearthwatch.notifier.mail.Letter;
import org.hearthwatch.notifier.mail.MailNotifier;
import org.hearthwatch.notifier.mail.chart.QueriedCharts;
import org.hearthwatch.notifier.mail.smtp.SmtpPost;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mailboxes: one of these for each {@code etc/org.hearthwatch.notifier.mail-NAME.cfg}. It is offered as a service as long
 * as its settings can be used.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = MailSettings.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = MailConfig.class, factory = true)
public final class MailComponent {

    private static final Logger LOG = LoggerFactory.getLogger(MailComponent.class);

    private final BundleContext context;
    private final Egress egress;
    private final Secrets secrets;
    private final Traffic traffic;
    private final String pid;
    private final String name;
    private final AtomicReference<Optional<QueryEngine>> engine = new AtomicReference<>(Optional.empty());
    private Optional<ServiceRegistration<Notifier>> offered = Optional.empty();

    @Activate
    public MailComponent(
            BundleContext context,
            @Reference Egress egress,
            @Reference Secrets secrets,
            @Reference Traffic traffic,
            MailConfig config,
            Map<String, Object> properties) {
        this.context = context;
        this.egress = egress;
        this.secrets = secrets;
        this.traffic = traffic;
        this.pid = String.valueOf(properties.get(Constants.SERVICE_PID));
        this.name = pid.substring(pid.indexOf('~') + 1);
        offer(config);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void addEngine(QueryEngine queries) {
        engine.set(Optional.of(queries));
    }

    void removeEngine(QueryEngine queries) {
        engine.updateAndGet(current -> current.filter(other -> !other.equals(queries)));
    }

    /** Goes on with other settings; where they are wrong, with those before. */
    @Modified
    public void modified(MailConfig config) {
        offer(config);
    }

    @Deactivate
    public synchronized void deactivate() {
        offered.ifPresent(ServiceRegistration::unregister);
        offered = Optional.empty();
    }

    private synchronized void offer(MailConfig config) {
        try {
            MailSettings settings = MailSettings.of(pid, config);
            var notifier = new MailNotifier(
                    name,
                    settings.relay(),
                    new Letter(settings.design(), new QueriedCharts(engine::get, InstantSource.system())),
                    new SmtpPost(egress, secrets, traffic.threads()),
                    InstantSource.system());
            Dictionary<String, Object> properties = FrameworkUtil.asDictionary(
                    Map.of(Constants.SERVICE_PID, pid, "hearthwatch.notifier", notifier.kind() + "/" + name));
            ServiceRegistration<Notifier> registration =
                    context.registerService(Notifier.class, traffic.counted(notifier), properties);
            offered.ifPresent(ServiceRegistration::unregister);
            offered = Optional.of(registration);
        } catch (InvalidSettingException e) {
            LOG.error(
                    "{}. {}",
                    e.getMessage(),
                    offered.isPresent()
                            ? "The settings before stay in force."
                            : "No mail is sent to " + name + " until it is corrected.");
        }
    }
}
