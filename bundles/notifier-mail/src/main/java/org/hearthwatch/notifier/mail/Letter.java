package org.hearthwatch.notifier.mail;

import jakarta.activation.DataHandler;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.hearthwatch.api.notify.Cut;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.api.notify.Notification;
import org.hearthwatch.api.notify.OneLine;

/** Writes mails of notifications. Thread-safe. */
public final class Letter {

    private static final String UTF8 = "UTF-8";
    private static final int LONGEST_SUBJECT = 250;
    private static final int LONGEST_HEADER = 2_000;
    private static final int LONGEST_BODY = 512 * 1024;
    private static final int LONGEST_HASH = 32;
    private static final String CHART = "chart";

    /** What is written otherwise than by a template. */
    private static final Set<String> OWN =
            Set.of("subject", "from", "to", "date", "mime-version", "content-type", "content-transfer-encoding", "bcc");

    private final Design design;
    private final Charts charts;

    public Letter(Design design, Charts charts) {
        this.design = design;
        this.charts = charts;
    }

    /**
     * A mail and whom it goes to.
     *
     * @param to what stands in the mail may be something else
     */
    public record Sealed(MimeMessage message, InternetAddress from, List<InternetAddress> to) {}

    /** @throws DeliveryException if a template or an address is wrong */
    public Sealed write(Notification notification, Session session, Instant now) throws DeliveryException {
        InternetAddress from =
                Addresses.of("from", notification.texts().text(design.from())).get(0);
        List<InternetAddress> to = Addresses.of("to", notification.texts().text(design.to()));
        String domain = from.getAddress().substring(from.getAddress().lastIndexOf('@') + 1);
        try {
            var message = new MessageWithIdentity(session, '<' + hash(notification.key()) + "@" + domain + '>');
            message.setFrom(from);
            message.setRecipients(MimeMessage.RecipientType.TO, to.toArray(InternetAddress[]::new));
            message.setSentDate(Date.from(now));
            message.setHeader("Auto-Submitted", "auto-generated");
            message.setHeader("X-Auto-Response-Suppress", "All");
            message.setHeader("X-Mailer", "Hearthwatch");
            if (design.thread() != Design.Threading.NONE) {
                String root = '<' + thread(notification, now) + "@" + domain + '>';
                message.setHeader("References", root);
                message.setHeader("In-Reply-To", root);
            }
            writeHeaders(message, notification);
            writeBody(message, notification);
            message.saveChanges();
            return new Sealed(message, from, to);
        } catch (MessagingException | UnsupportedEncodingException e) {
            throw DeliveryException.lasting(
                    "The mail cannot be written: " + OneLine.of(String.valueOf(e.getMessage())));
        }
    }

    /** No mail has this identity: programs show those that refer to it together nevertheless. */
    private String thread(Notification notification, Instant now) {
        String day = design.thread() == Design.Threading.DAILY
                ? LocalDate.ofInstant(now, ZoneOffset.UTC).toString()
                : "";
        return "group-" + hash(notification.groupKey()) + (day.isEmpty() ? "" : '-' + day);
    }

    private void writeHeaders(MimeMessage message, Notification notification)
            throws DeliveryException, MessagingException, UnsupportedEncodingException {
        var templates = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        templates.putAll(design.headers());
        String subject = notification.texts().text(templates.getOrDefault("Subject", MailTemplates.SUBJECT));
        message.setSubject(Cut.toCodePoints(OneLine.of(subject), LONGEST_SUBJECT), UTF8);
        if (templates.containsKey("From")) {
            message.setFrom(Addresses.of("From", notification.texts().text(String.valueOf(templates.get("From"))))
                    .get(0));
        }
        if (templates.containsKey("To")) {
            message.setRecipients(
                    MimeMessage.RecipientType.TO,
                    Addresses.of("To", notification.texts().text(String.valueOf(templates.get("To"))))
                            .toArray(InternetAddress[]::new));
        }
        for (Map.Entry<String, String> template : templates.entrySet()) {
            String name = template.getKey();
            if (OWN.contains(name.toLowerCase(Locale.ROOT))) {
                continue;
            }
            // The library takes what it is given, line ends and all: nothing of that may reach it.
            String value = Cut.toCodePoints(OneLine.of(notification.texts().text(template.getValue())), LONGEST_HEADER);
            message.setHeader(name, MimeUtility.fold(name.length() + 2, MimeUtility.encodeText(value, UTF8, "Q")));
        }
    }

    private void writeBody(MimeMessage message, Notification notification)
            throws DeliveryException, MessagingException {
        var alternatives = new MimeMultipart("alternative");
        if (!design.text().isEmpty()) {
            String text = notification.texts().text(design.text())
                    + more(notification)
                    + (design.buttons() ? Buttons.text(notification) : "");
            alternatives.addBodyPart(part(Cut.toCodePoints(text, LONGEST_BODY), "plain"));
        }
        Optional<byte[]> chart =
                design.chart() && !design.html().isEmpty() ? charts.draw(notification) : Optional.empty();
        if (!design.html().isEmpty()) {
            String html = notification.texts().html(design.html())
                    + more(notification)
                    + (chart.isPresent() ? "<p><img src=\"cid:" + CHART + "\" alt=\"chart\"></p>" : "")
                    + (design.buttons() ? Buttons.html(notification) : "");
            if (html.length() > LONGEST_BODY) {
                throw DeliveryException.lasting("The mail's HTML is longer than " + LONGEST_BODY
                        + " characters; group by" + " more labels, or write a shorter template");
            }
            alternatives.addBodyPart(part(html, "html"));
        }
        if (chart.isEmpty()) {
            message.setContent(alternatives);
            return;
        }
        var whole = new MimeBodyPart();
        whole.setContent(alternatives);
        var picture = new MimeBodyPart();
        picture.setDataHandler(new DataHandler(new ByteArrayDataSource(chart.get(), "image/png")));
        picture.setContentID('<' + CHART + '>');
        picture.setDisposition(MimeBodyPart.INLINE);
        picture.setFileName(CHART + ".png");
        message.setContent(new MimeMultipart("related", whole, picture));
    }

    private static BodyPart part(String text, String type) throws MessagingException {
        var part = new MimeBodyPart();
        part.setText(text, UTF8, type);
        part.setHeader("Content-Transfer-Encoding", "quoted-printable");
        return part;
    }

    private static String more(Notification notification) {
        return notification.truncatedAlerts() == 0 ? "" : "\nand " + notification.truncatedAlerts() + " more alerts\n";
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, LONGEST_HASH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** The library would make an identity of its own, another one for every try. */
    private static final class MessageWithIdentity extends MimeMessage {

        private final String identity;

        MessageWithIdentity(Session session, String identity) {
            super(session);
            this.identity = identity;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            if (getHeader("Message-ID") == null) {
                setHeader("Message-ID", identity);
            }
        }
    }
}
