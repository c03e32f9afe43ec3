package org.hearthwatch.notifier.webhook.osgi;

import java.time.InstantSource;
import java.util.Dictionary;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.net.Egress;
import org.hearthwatch.api.notify.Notifier;
import org.hearthwatch.api.secret.Secrets;
import org.hearthwatch.notifier.webhook.HttpNotifier;
import org.hearthwatch.notifier.webhook.Route;
import org.hearthwatch.notifier.webhook.wire.HttpWire;
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
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One channel: one of these for each {@code etc/org.hearthwatch.notifier.webhook-NAME.cfg}. It is offered as a service as
 * long as its settings can be used.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = ChannelSettings.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = WebhookConfig.class, factory = true)
public final class WebhookComponent {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookComponent.class);

    private final BundleContext context;
    private final Egress egress;
    private final Secrets secrets;
    private final Traffic traffic;
    private final String pid;
    private final String name;
    private Optional<ServiceRegistration<Notifier>> offered = Optional.empty();

    @Activate
    public WebhookComponent(
            BundleContext context,
            @Reference Egress egress,
            @Reference Secrets secrets,
            @Reference Traffic traffic,
            WebhookConfig config,
            Map<String, Object> properties) {
        this.context = context;
        this.egress = egress;
        this.secrets = secrets;
        this.traffic = traffic;
        this.pid = String.valueOf(properties.get(Constants.SERVICE_PID));
        this.name = pid.substring(pid.indexOf('~') + 1);
        offer(config);
    }

    /** Goes on with other settings; where they are wrong, with those before. */
    @Modified
    public void modified(WebhookConfig config) {
        offer(config);
    }

    @Deactivate
    public synchronized void deactivate() {
        offered.ifPresent(ServiceRegistration::unregister);
        offered = Optional.empty();
    }

    private synchronized void offer(WebhookConfig config) {
        try {
            ChannelSettings settings = ChannelSettings.of(pid, config, InstantSource.system());
            String kind = settings.kind().word();
            var notifier = new HttpNotifier(
                    name,
                    kind,
                    settings.channel(),
                    settings.timeout(),
                    new HttpWire(egress, Route.DIRECT, traffic.threads()),
                    secrets);
            Dictionary<String, Object> properties = FrameworkUtil.asDictionary(
                    Map.of(Constants.SERVICE_PID, pid, "hearthwatch.notifier", kind + "/" + name));
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
                            : "Nothing is sent to " + name + " until it is corrected.");
        }
    }
}
