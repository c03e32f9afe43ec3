package org.hearthwatch.shell.osgi;

import java.util.Map;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import org.apache.karaf.jaas.boot.ProxyLoginModule;
import org.apache.karaf.jaas.config.JaasRealm;
import org.osgi.framework.Bundle;

/** The realm that {@code sshRealm} in {@code etc/org.apache.karaf.shell.cfg} names. */
final class KeyRealm implements JaasRealm {

    private static final String NAME = "hearthwatch";

    private final Map<String, Object> options;

    KeyRealm(Bundle bundle, Actors actors) {
        options = Map.of(
                ProxyLoginModule.PROPERTY_MODULE,
                KeyLogin.class.getName(),
                ProxyLoginModule.PROPERTY_BUNDLE,
                Long.toString(bundle.getBundleId()),
                KeyLogin.ACTORS,
                actors);
    }

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public int getRank() {
        return 0;
    }

    @Override
    public AppConfigurationEntry[] getEntries() {
        return new AppConfigurationEntry[] {
            new AppConfigurationEntry(ProxyLoginModule.class.getName(), LoginModuleControlFlag.REQUIRED, options)
        };
    }
}
