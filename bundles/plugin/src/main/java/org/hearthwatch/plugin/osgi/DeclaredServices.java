package org.hearthwatch.plugin.osgi;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.hearthwatch.api.net.Egress;
import org.hearthwatch.api.net.EgressRefusedException;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SecretRef;
import org.hearthwatch.api.secret.SecretUnavailableException;
import org.hearthwatch.api.secret.Secrets;
import org.hearthwatch.plugin.jar.Needs;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;

/** The services as a plugin gets them: what it declared to need, and nothing else. */
final class DeclaredServices {

    private DeclaredServices() {}

    private static Needs needs(Bundle bundle) {
        String header = bundle.getHeaders("").get(Needs.HEADER);
        return Needs.parse(header == null ? "" : header);
    }

    /** A gate of its own for each bundle. */
    private abstract static class Gates<S> implements ServiceFactory<S> {

        @Override
        public final S getService(Bundle bundle, ServiceRegistration<S> registration) {
            return gate(bundle.getSymbolicName(), needs(bundle));
        }

        @Override
        public final void ungetService(Bundle bundle, ServiceRegistration<S> registration, S service) {
            // A gate holds nothing.
        }

        abstract S gate(String plugin, Needs needs);
    }

    static ServiceFactory<Secrets> secrets(Supplier<Optional<Secrets>> secrets) {
        return new Gates<>() {
            @Override
            Secrets gate(String plugin, Needs needs) {
                return new DeclaredSecrets(plugin, needs, secrets);
            }
        };
    }

    static ServiceFactory<Egress> egress(Supplier<Optional<Egress>> egress) {
        return new Gates<>() {
            @Override
            Egress gate(String plugin, Needs needs) {
                return new DeclaredEgress(plugin, needs, egress, InetAddress::getAllByName);
            }
        };
    }

    /** Hands out declared secrets. */
    record DeclaredSecrets(String plugin, Needs needs, Supplier<Optional<Secrets>> secrets) implements Secrets {

        @Override
        public Secret open(SecretRef reference) throws SecretUnavailableException {
            if (!needs.permits(reference)) {
                throw new SecretUnavailableException(reference + ": the plugin " + plugin + " does not declare to need it ("
                        + Needs.HEADER + " in its manifest)");
            }
            return secrets.get()
                    .orElseThrow(() -> new SecretUnavailableException(reference + ": the bundle secret does not run"))
                    .open(reference);
        }
    }

    /** Lets connections through to declared places, if the appliance's own gate does, too. */
    record DeclaredEgress(String plugin, Needs needs, Supplier<Optional<Egress>> egress, Needs.Resolver resolver)
            implements Egress {

        @Override
        public void permit(String purpose, String host, int port) throws EgressRefusedException {
            if (!needs.permits(host, port, resolver)) {
                throw new EgressRefusedException("The plugin " + plugin + " does not declare to need " + host + " port "
                        + port + " (" + Needs.HEADER + " in its manifest)");
            }
            own().permit(purpose, host, port);
        }

        @Override
        public SSLContext tls(String host, int port) {
            return checked(host, port).tls(host, port);
        }

        @Override
        public SSLContext tls(
                String host, int port, Collection<X509Certificate> authorities, List<KeyManager> own) {
            return checked(host, port).tls(host, port, authorities, own);
        }

        private Egress checked(String host, int port) {
            if (!needs.permits(host, port, resolver)) {
                throw new IllegalStateException("The plugin " + plugin + " does not declare to need " + host);
            }
            return egress.get().orElseThrow(() -> new IllegalStateException("The bundle transport does not run"));
        }

        private Egress own() throws EgressRefusedException {
            return egress.get()
                    .orElseThrow(() -> new EgressRefusedException("Nothing leaves while the bundle transport does not run"));
        }
    }
}
