package org.hearthwatch.access.osgi;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.hearthwatch.access.ProxySettings;
import org.hearthwatch.access.TrustedProxy;
import org.hearthwatch.api.access.ExternalSignIn;
import org.hearthwatch.api.access.ForwardedIdentity;
import org.hearthwatch.api.access.GroupRole;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.config.SettingReader;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SecretRef;
import org.hearthwatch.api.secret.SecretUnavailableException;
import org.hearthwatch.api.secret.Secrets;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Offers {@link ForwardedIdentity} while a proxy's addresses are set. */
@Component(
        service = {},
        immediate = true,
        configurationPid = ProxyConfig.PID)
@Designate(ocd = ProxyConfig.class)
public final class ProxyComponent {

    private static final Logger LOG = LoggerFactory.getLogger(ProxyComponent.class);
    private static final SettingReader READER = new SettingReader(ProxyConfig.PID);
    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F.:]{2,45}");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,64}");

    private final BundleContext context;
    private final Secrets secrets;
    private final ExternalSignIn accounts;
    private @Nullable ServiceRegistration<ForwardedIdentity> offered;

    @Activate
    public ProxyComponent(
            BundleContext context,
            ProxyConfig config,
            @Reference ExternalSignIn accounts,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    @Nullable
                    Secrets secrets) {
        this.context = context;
        this.accounts = accounts;
        this.secrets = secrets == null ? ProxyComponent::noVault : secrets;
        offer(settings(config));
    }

    @Modified
    synchronized void modified(ProxyConfig config) {
        try {
            Optional<ProxySettings> settings = settings(config);
            deactivate();
            offer(settings);
        } catch (InvalidSettingException e) {
            LOG.error("{}; the former settings stay in force", e.getMessage());
        }
    }

    @Deactivate
    synchronized void deactivate() {
        if (offered != null) {
            offered.unregister();
            offered = null;
        }
    }

    private void offer(Optional<ProxySettings> settings) {
        if (settings.isPresent()) {
            offered = context.registerService(
                    ForwardedIdentity.class,
                    new TrustedProxy(settings.get(), secrets, accounts),
                    FrameworkUtil.asDictionary(Map.of()));
        }
    }

    private static Secret noVault(SecretRef reference) throws SecretUnavailableException {
        throw new SecretUnavailableException(
                reference + " cannot be read: the vault is not running; hw:doctor says why");
    }

    /** @throws InvalidSettingException naming the setting and what it takes */
    static Optional<ProxySettings> settings(ProxyConfig config) {
        Set<String> addresses = Set.copyOf(READER.list("addresses", config.addresses(), ProxyComponent::address));
        if (addresses.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ProxySettings(
                addresses,
                READER.reference("secret", config.secret())
                        .orElseThrow(() -> READER.refused("secret", "", "a reference such as secret:proxy")),
                header("secretHeader", config.secretHeader()),
                header("userHeader", config.userHeader()),
                header("groupsHeader", config.groupsHeader()),
                GroupRole.byGroup(READER.list("roles", config.roles(), GroupRole::parse))));
    }

    private static String address(String text) {
        if (!ADDRESS.matcher(text).matches()) {
            throw new IllegalArgumentException("numeric addresses");
        }
        return text;
    }

    private static String header(String key, String name) {
        if (!HEADER.matcher(name).matches()) {
            throw READER.refused(key, name, "a header's name");
        }
        return name;
    }
}
