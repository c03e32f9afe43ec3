package org.hearthwatch.shell.osgi;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.PublickeyAuthenticator;
import org.hearthwatch.shell.DoorRecord;

/** Has the attempts to come in over SSH recorded: one entry for a connection, however many keys it shows. */
final class KeyAttempts {

    private static final AttributeKey<Tried> TRIED = new AttributeKey<>();

    private final DoorRecord records;
    private final Actors actors;

    /** What a connection that is not let in so far has tried. */
    private record Tried(String user, AtomicInteger keys) {}

    KeyAttempts(DoorRecord records, Actors actors) {
        this.records = records;
        this.actors = actors;
    }

    void hangIn(SshServer server) {
        PublickeyAuthenticator decides = server.getPublickeyAuthenticator();
        if (decides != null) {
            server.setPublickeyAuthenticator((user, key, session) -> {
                boolean admitted = decides.authenticate(user, key, session);
                if (!admitted) {
                    session.computeAttributeIfAbsent(TRIED, first -> new Tried(user, new AtomicInteger()))
                            .keys()
                            .incrementAndGet();
                }
                return admitted;
            });
        }
        server.addSessionListener(new SessionListener() {
            @Override
            public void sessionEvent(Session session, Event event) {
                if (event == Event.Authenticated) {
                    actors.named(session.getUsername()).ifPresent(who -> records.admitted(who, address(session)));
                }
            }

            @Override
            public void sessionClosed(Session session) {
                Tried tried = session.getAttribute(TRIED);
                if (tried != null && !session.isAuthenticated()) {
                    records.refused(tried.user(), address(session), tried.keys().get());
                }
            }
        });
    }

    private static String address(Session session) {
        SocketAddress remote = session.getRemoteAddress();
        return remote instanceof InetSocketAddress internet
                ? internet.getAddress().getHostAddress()
                : "shell";
    }
}
