package org.hearthwatch.notifier.webhook;

import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.hearthwatch.api.net.Egress;
import org.hearthwatch.api.net.EgressRefusedException;

/** A gate that remembers who asked, and opens unless the test says otherwise. */
public final class FakeEgress implements Egress {

    public final List<String> asked = new ArrayList<>();
    public Optional<String> refusal = Optional.empty();

    @Override
    public void permit(String purpose, String host, int port) throws EgressRefusedException {
        asked.add(purpose + ' ' + host + ':' + port);
        if (refusal.isPresent()) {
            throw new EgressRefusedException(refusal.get());
        }
    }

    @Override
    public SSLContext tls(String host, int port) {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
