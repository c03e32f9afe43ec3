package org.hearthwatch.notifier.mail.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What stands in the configuration file of a mailbox; {@link MailSettings} says what is allowed. */
@ObjectClassDefinition(
        name = "Notifications by mail",
        description = "Mailboxes that alerts are told to, and the server that takes the mails; one file each")
@interface MailConfig {

    @AttributeDefinition(name = "Server", description = "Host and port of the mail server, such as mail.home:587")
    String smarthost() default "";

    @AttributeDefinition(
            name = "TLS",
            description = "starttls, implicit, or none for a server on this machine; empty for implicit on port 465 and"
                    + " starttls elsewhere")
    String tls() default "";

    @AttributeDefinition(name = "From", description = "The sender's address")
    String from() default "";

    @AttributeDefinition(name = "To", description = "The recipients' addresses, separated by commas")
    String to() default "";

    @AttributeDefinition(name = "User", description = "Who we are to the server; empty if it does not ask")
    String username() default "";

    @AttributeDefinition(
            name = "Password",
            description = "A reference to the password, such as secret:mail/password or file:/run/secrets/mail")
    String password() default "";

    @AttributeDefinition(name = "Hello", description = "What we call ourselves to the server; empty for this machine")
    String hello() default "";

    @AttributeDefinition(name = "Subject", description = "A template of Alertmanager's kind; empty for a good one")
    String subject() default "";

    @AttributeDefinition(name = "Text", description = "A template of Alertmanager's kind; empty for a good one")
    String text() default "";

    @AttributeDefinition(name = "HTML", description = "A template of Alertmanager's kind; empty for a good one")
    String html() default "";

    @AttributeDefinition(
            name = "Thread",
            description =
                    "Which mails belong together: group for those of a group of alerts, daily for those of a group"
                            + " and a day, none")
    String thread() default "group";

    @AttributeDefinition(
            name = "Buttons",
            description = "Whether links to acknowledge and to silence are put below: true or false")
    String buttons() default "true";

    @AttributeDefinition(
            name = "Chart",
            description = "Whether the last hours of what an alert is about are drawn into the mail: true or false")
    String chart() default "true";

    @AttributeDefinition(name = "Time-out", description = "How long the server may take for a mail; 1s to 5m")
    String timeout() default "30s";
}
