package org.hearthwatch.secret.osgi;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.config.SettingReader;
import org.hearthwatch.api.net.Egress;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SecretRotation;
import org.hearthwatch.api.secret.SecretStore;
import org.hearthwatch.api.secret.Secrets;
import org.hearthwatch.secret.proxmox.ProxmoxRotation;
import org.hearthwatch.secret.proxmox.ProxmoxTokens;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Offers the renewal of tokens of Proxmox VE. */
@Component(service = SecretRotation.class, configurationPid = ProxmoxConfig.PID)
@Designate(ocd = ProxmoxConfig.class)
public final class ProxmoxComponent implements SecretRotation {

    private static final Logger LOG = LoggerFactory.getLogger(ProxmoxComponent.class);

    private final SecretRotation rotation;
    private volatile ProxmoxTokens settings;

    @Activate
    public ProxmoxComponent(
            ProxmoxConfig config, @Reference Egress egress, @Reference SecretStore vault, @Reference Secrets secrets) {
        settings = read(config);
        rotation = new ProxmoxRotation(
                () -> settings, new HttpsNode(egress), vault, secrets, InstantSource.system(), new SecureRandom());
    }

    @Modified
    void modified(ProxmoxConfig config) {
        try {
            settings = read(config);
        } catch (InvalidSettingException e) {
            LOG.error("{}. The settings before stay in force.", e.getMessage());
        }
    }

    private static ProxmoxTokens read(ProxmoxConfig config) {
        return ProxmoxTokens.read(new SettingReader(ProxmoxConfig.PID), config.tokens(), config.keeper());
    }

    @Override
    public boolean owns(String name) {
        return rotation.owns(name);
    }

    @Override
    public Secret create(String name, Secret present) throws IOException {
        return rotation.create(name, present);
    }

    @Override
    public void test(String name, Secret fresh) throws IOException {
        rotation.test(name, fresh);
    }

    @Override
    public void end(String name, Secret former) throws IOException {
        rotation.end(name, former);
    }
}
