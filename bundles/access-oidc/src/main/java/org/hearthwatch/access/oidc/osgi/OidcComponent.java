package org.hearthwatch.access.oidc.osgi;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.access.oidc.OidcSettings;
import org.hearthwatch.access.oidc.OidcSignIn;
import org.hearthwatch.api.access.ExternalSignIn;
import org.hearthwatch.api.access.FederatedSignIn;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.net.Egress;
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

/** Offers {@link FederatedSignIn} while an issuer is set; until then nothing of the library is loaded. */
@Component(
        service = {},
        immediate = true,
        configurationPid = OidcConfig.PID)
@Designate(ocd = OidcConfig.class)
public final class OidcComponent {

    private static final Logger LOG = LoggerFactory.getLogger(OidcComponent.class);

    private final BundleContext context;
    private final Egress egress;
    private final Secrets secrets;
    private final ExternalSignIn accounts;
    private @Nullable ServiceRegistration<FederatedSignIn> offered;

    @Activate
    public OidcComponent(
            BundleContext context,
            OidcConfig config,
            @Reference Egress egress,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    @Nullable
                    Secrets secrets,
            @Reference ExternalSignIn accounts) {
        this.context = context;
        this.egress = egress;
        this.secrets = secrets == null ? OidcComponent::noVault : secrets;
        this.accounts = accounts;
        offer(Settings.of(config));
    }

    @Modified
    synchronized void modified(OidcConfig config) {
        try {
            Optional<OidcSettings> settings = Settings.of(config);
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

    private static Secret noVault(SecretRef reference) throws SecretUnavailableException {
        throw new SecretUnavailableException(
                reference + " cannot be read: the vault is not running; hw:doctor says why");
    }

    private void offer(Optional<OidcSettings> settings) {
        if (settings.isPresent()) {
            offered = context.registerService(
                    FederatedSignIn.class,
                    new OidcSignIn(
                            settings.get(),
                            new GatedWeb(egress),
                            secrets,
                            accounts,
                            InstantSource.system(),
                            new SecureRandom()),
                    FrameworkUtil.asDictionary(Map.of()));
        }
    }
}
