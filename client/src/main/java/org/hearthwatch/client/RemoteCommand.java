package org.hearthwatch.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;

/** One command for the shell of the appliance on this machine; nobody's own SSH configuration takes part. */
final class RemoteCommand {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String USER = "operator";

    /** What OpenSSH's client answers when it has not reached the other side. */
    static final int NOT_REACHED = 255;

    private final Path keys;
    private final int port;

    /**
     * Nothing is opened yet.
     *
     * @param keys the folder of the operator's key {@code id} and of the host's public key {@code host.key.pub}
     * @param port of the shell on 127.0.0.1
     */
    RemoteCommand(Path keys, int port) {
        this.keys = keys;
        this.port = port;
    }

    /**
     * Sends the command and waits for its end.
     *
     * @param line the command as the shell reads it
     * @param environment variables of the session
     * @return its exit code, or {@link #NOT_REACHED}
     */
    int run(String line, Map<String, String> environment, InputStream in, OutputStream out, OutputStream err)
            throws IOException, GeneralSecurityException {
        PublicKey host = AuthorizedKeyEntry.parseAuthorizedKeyEntry(
                        Files.readString(keys.resolve("host.key.pub")).strip())
                .resolvePublicKey(null, PublicKeyEntryResolver.IGNORING);
        try (var client = SshClient.setUpDefaultClient()) {
            client.setServerKeyVerifier((session, address, key) -> KeyUtils.compareKeys(host, key));
            client.setKeyIdentityProvider(new FileKeyPairProvider(keys.resolve("id")));
            client.setHostConfigEntryResolver((name, number, address, user, jump, context) -> null);
            client.start();
            try (var session =
                    client.connect(USER, "127.0.0.1", port).verify(PATIENCE).getSession()) {
                session.auth().verify(PATIENCE);
                return run(session, line, environment, in, out, err);
            }
        }
    }

    private static int run(
            ClientSession session,
            String line,
            Map<String, String> environment,
            InputStream in,
            OutputStream out,
            OutputStream err)
            throws IOException {
        try (var channel = session.createExecChannel(line, null, environment)) {
            channel.setIn(in);
            channel.setOut(out);
            channel.setErr(err);
            channel.open().verify(PATIENCE);
            channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), Duration.ZERO);
            Integer code = channel.getExitStatus();
            return code == null ? NOT_REACHED : code;
        }
    }
}
