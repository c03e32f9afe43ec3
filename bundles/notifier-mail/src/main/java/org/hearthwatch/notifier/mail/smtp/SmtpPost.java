package org.hearthwatch.notifier.mail.smtp;

import jakarta.activation.CommandMap;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.hearthwatch.api.net.Egress;
import org.hearthwatch.api.net.EgressRefusedException;
import org.hearthwatch.api.notify.Cut;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.api.notify.Notification;
import org.hearthwatch.api.notify.OneLine;
import org.hearthwatch.api.secret.SecretUnavailableException;
import org.hearthwatch.api.secret.Secrets;
import org.hearthwatch.notifier.mail.Letter;
import org.hearthwatch.notifier.mail.Post;
import org.hearthwatch.notifier.mail.Relay;

/** SMTP by Angus Mail: one connection for each mail, closed afterwards. */
public final class SmtpPost implements Post {

    private static final String PURPOSE = "notify";
    private static final int LONGEST_ANSWER = 300;

    private final Egress egress;
    private final Secrets secrets;
    private final ExecutorService threads;

    /** @param threads one for each mail that is on its way */
    public SmtpPost(Egress egress, Secrets secrets, ExecutorService threads) {
        this.egress = egress;
        this.secrets = secrets;
        this.threads = threads;
        CommandMap.setDefaultCommandMap(new Handlers());
    }

    @Override
    public String send(Relay relay, Letter letter, Notification notification, Instant now)
            throws DeliveryException, InterruptedException {
        String server = relay.host() + ':' + relay.port();
        Optional<String> password;
        try {
            egress.permit(PURPOSE, relay.host(), relay.port());
            password = relay.login().isPresent()
                    ? Optional.of(relay.login().get().passwordText(secrets))
                    : Optional.empty();
        } catch (EgressRefusedException e) {
            throw DeliveryException.lasting(String.valueOf(e.getMessage()));
        } catch (SecretUnavailableException e) {
            throw DeliveryException.passing(String.valueOf(e.getMessage()), e);
        }
        var watch = new Watch();
        Optional<SSLSocketFactory> tls = relay.tls() == Relay.Tls.NONE
                ? Optional.empty()
                : Optional.of(new TlsSockets(context(relay).getSocketFactory(), watch));
        Properties properties = properties(relay, new PlainSockets(SocketFactory.getDefault(), watch), tls);
        Future<String> delivery = threads.submit(() -> hand(relay, password, properties, letter, notification, now));
        try {
            return delivery.get(relay.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw DeliveryException.passing(server + ": it did not take the mail in time", e);
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            if (cause instanceof DeliveryException failure) {
                throw failure;
            }
            if (cause instanceof MessagingException failure) {
                throw Failures.of(server, failure);
            }
            throw DeliveryException.passing(server + ": " + OneLine.of(String.valueOf(cause.getMessage())), cause);
        } finally {
            // Harmless after the end, and the only way to end a wait for an answer.
            watch.breakOff();
        }
    }

    private SSLContext context(Relay relay) throws DeliveryException {
        try {
            return egress.tls(relay.host(), relay.port(), relay.files());
        } catch (IOException e) {
            throw DeliveryException.passing(String.valueOf(e.getMessage()), e);
        }
    }

    private String hand(
            Relay relay,
            Optional<String> password,
            Properties properties,
            Letter letter,
            Notification notification,
            Instant now)
            throws MessagingException, DeliveryException, IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // Where the library looks for the rest of itself.
        thread.setContextClassLoader(SMTPTransport.class.getClassLoader());
        try {
            Session session = Session.getInstance(properties);
            Letter.Sealed mail = letter.write(notification, session, now);
            boolean implicit = relay.tls() == Relay.Tls.IMPLICIT;
            // Who gets it back, whatever stands in the mail.
            session.getProperties().put(prefix(relay) + "from", mail.from().getAddress());
            try (var transport = new SmtpConnection(session, implicit)) {
                transport.connect(
                        relay.host(),
                        relay.port(),
                        relay.login().map(Relay.Login::user).orElse(null),
                        password.orElse(null));
                transport.sendMessage(mail.message(), mail.to().toArray(InternetAddress[]::new));
                return Cut.toCodePoints(OneLine.of(transport.getLastServerResponse()), LONGEST_ANSWER);
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static String prefix(Relay relay) {
        return relay.tls() == Relay.Tls.IMPLICIT ? "mail.smtps." : "mail.smtp.";
    }

    private static Properties properties(Relay relay, SocketFactory plain, Optional<SSLSocketFactory> tls) {
        var properties = new Properties();
        String prefix = prefix(relay);
        String millis =
                String.valueOf(Duration.ofSeconds(1).plus(relay.timeout()).toMillis());
        properties.put(prefix + "connectiontimeout", millis);
        properties.put(prefix + "timeout", millis);
        properties.put(prefix + "quitwait", "true");
        properties.put(prefix + "quitonsessionreject", "true");
        properties.put(prefix + "allow8bitmime", "false");
        if (!relay.hello().isEmpty()) {
            properties.put(prefix + "localhost", relay.hello());
        }
        properties.put(prefix + "socketFactory", plain);
        properties.put(prefix + "socketFactory.fallback", "false");
        if (tls.isPresent()) {
            properties.put(prefix + "ssl.socketFactory", tls.get());
            properties.put(prefix + "ssl.checkserveridentity", "true");
            properties.put(prefix + "starttls.enable", "true");
            properties.put(prefix + "starttls.required", "true");
        }
        relay.login().ifPresent(login -> {
            properties.put(prefix + "auth", "true");
            properties.put(prefix + "auth.mechanisms", "PLAIN LOGIN");
            if (!login.identity().isEmpty()) {
                properties.put(prefix + "sasl.authorizationid", login.identity());
            }
        });
        return properties;
    }

    /** The library's connection, made without its search for who makes one. */
    private static final class SmtpConnection extends SMTPTransport {

        SmtpConnection(Session session, boolean implicit) {
            super(
                    session,
                    new URLName(implicit ? "smtps" : "smtp", null, -1, null, null, null),
                    implicit ? "smtps" : "smtp",
                    implicit);
        }
    }
}
