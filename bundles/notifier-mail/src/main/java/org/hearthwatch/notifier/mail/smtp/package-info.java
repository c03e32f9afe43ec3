/** The way out: SMTP through the gate for outgoing connections. */
@NullMarked
package org.hearthwatch.notifier.mail.smtp;

import org.jspecify.annotations.NullMarked;
