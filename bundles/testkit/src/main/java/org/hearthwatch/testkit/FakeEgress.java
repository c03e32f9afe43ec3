package org.hearthwatch.testkit;

import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.hearthwatch.api.net.Egress;
import org.hearthwatch.api.net.EgressRefusedException;
import org.hearthwatch.api.net.EndpointTls;

/** A gate that remembers who asked and lets pass unless told otherwise. Thread-safe. */
public final class FakeEgress implements Egress {

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<EndpointTls> settings = new CopyOnWriteArrayList<>();
    private final Set<String> barred = ConcurrentHashMap.newKeySet();

    /** Refuses a host from now on. */
    public void bar(String host) {
        barred.add(host);
    }

    /** What was asked, as {@code purpose host:port}, in order. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** The TLS settings of endpoints that connections were prepared with, in order; none of them is heeded. */
    public List<EndpointTls> settings() {
        return List.copyOf(settings);
    }

    @Override
    public void permit(String purpose, String host, int port) throws EgressRefusedException {
        asked.add(purpose + ' ' + host + ':' + port);
        if (barred.contains(host)) {
            throw new EgressRefusedException("No connection for " + purpose + " to " + host + ":" + port);
        }
    }

    @Override
    public SSLContext tls(String host, int port) {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has a default", e);
        }
    }

    @Override
    public SSLContext tls(String host, int port, EndpointTls own) {
        settings.add(own);
        return tls(host, port);
    }
}
