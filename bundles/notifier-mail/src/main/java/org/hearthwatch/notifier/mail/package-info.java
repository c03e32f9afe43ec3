/** Mails: what is in them and who gets them. */
@NullMarked
package org.hearthwatch.notifier.mail;

import org.jspecify.annotations.NullMarked;
