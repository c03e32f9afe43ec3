package org.hearthwatch.notifier.mail.smtp;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.hearthwatch.api.notify.Cut;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.api.notify.OneLine;

/** What a failure of the library's means. */
final class Failures {

    private static final int LONGEST = 400;
    private static final int DEEPEST = 20;

    private Failures() {}

    /** Passing for 4yz and for what has no code, lasting for 5yz and for wrong passwords and certificates. */
    static DeliveryException of(String server, MessagingException failure) {
        List<Throwable> all = all(failure);
        String text = server + ": " + text(all);
        Optional<Integer> code = all.stream()
                .map(Failures::code)
                .flatMap(Optional::stream)
                .filter(number -> number >= 400)
                .findFirst();
        if (code.isPresent()) {
            return code.get() < 500 ? DeliveryException.passing(text, failure) : DeliveryException.lasting(text);
        }
        if (failure instanceof AuthenticationFailedException) {
            return String.valueOf(failure.getMessage()).startsWith("4")
                    ? DeliveryException.passing(text, failure)
                    : DeliveryException.lasting(text + "; see whether user and password are right");
        }
        if (all.stream().anyMatch(cause -> cause instanceof CertificateException)) {
            return DeliveryException.lasting(
                    text + "; the server's certificate is not trusted or not for this name: trust"
                            + " its authority in the appliance's TLS settings, or use the name it was made for");
        }
        if (text.contains("STARTTLS is required")) {
            return DeliveryException.lasting(text);
        }
        return DeliveryException.passing(text, failure);
    }

    private static List<Throwable> all(MessagingException failure) {
        var all = new ArrayList<Throwable>();
        collect(failure, all);
        return all;
    }

    private static void collect(Throwable failure, List<Throwable> all) {
        if (all.size() > DEEPEST || all.contains(failure)) {
            return;
        }
        all.add(failure);
        if (failure instanceof MessagingException mail && mail.getNextException() != null) {
            collect(mail.getNextException(), all);
        }
        if (failure.getCause() != null) {
            collect(failure.getCause(), all);
        }
    }

    private static Optional<Integer> code(Throwable failure) {
        if (failure instanceof SMTPAddressFailedException address) {
            return Optional.of(address.getReturnCode());
        }
        if (failure instanceof SMTPSenderFailedException sender) {
            return Optional.of(sender.getReturnCode());
        }
        return failure instanceof SMTPSendFailedException sending
                ? Optional.of(sending.getReturnCode())
                : Optional.empty();
    }

    /** The words of the server, or the deepest reason there is. */
    private static String text(List<Throwable> all) {
        var words = new ArrayList<String>();
        for (Throwable failure : all) {
            String text = OneLine.of(String.valueOf(failure.getMessage()));
            if (failure.getMessage() != null && words.stream().noneMatch(word -> word.contains(text))) {
                words.add(text);
            }
        }
        return Cut.toCodePoints(String.join("; ", words), LONGEST);
    }
}
