/** What a channel over HTTP is made of: what is sent, what comes back and what it means. */
@NullMarked
package org.hearthwatch.notifier.webhook;

import org.jspecify.annotations.NullMarked;
