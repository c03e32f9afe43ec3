package org.hearthwatch.shell.osgi;

import java.security.Provider;
import java.util.Optional;
import java.util.Set;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.common.util.security.bouncycastle.BouncyCastleSecurityProviderRegistrar;
import org.apache.sshd.common.util.security.eddsa.bouncycastle.BouncyCastleEdDSASupport;
import org.apache.sshd.common.util.security.eddsa.generic.EdDSASupport;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.hearthwatch.shell.LateProvider;

/**
 * What the SSH server takes of Bouncy Castle: ed25519 keys, which its library cannot read with the JDK alone. All else is
 * the JDK's, so that a start need not wait until Bouncy Castle has made itself whole.
 */
final class EdwardsKeys extends BouncyCastleSecurityProviderRegistrar {

    private static final Set<String> NAMES = Set.of("Ed25519", "EdDSA");

    private final Provider provider = new LateProvider(BouncyCastleProvider.PROVIDER_NAME, BouncyCastleProvider::new);

    /** Has the SSH library know them, once for as long as it is loaded. */
    static void register() {
        SecurityUtils.registerSecurityProvider(new EdwardsKeys());
    }

    /** Nobody else in this JVM need see it. */
    @Override
    public boolean isNamedProviderUsed() {
        return false;
    }

    @Override
    public Provider getSecurityProvider() {
        return provider;
    }

    /** Its own way looks for Bouncy Castle's classes from here, where they are not imported. */
    @Override
    public Optional<EdDSASupport<?, ?>> getEdDSASupport() {
        return Optional.of(new BouncyCastleEdDSASupport());
    }

    @Override
    public boolean isSecurityEntitySupported(Class<?> type, String name) {
        return NAMES.contains(name);
    }
}
