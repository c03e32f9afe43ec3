/** The way out: HTTP through the gate for outgoing connections. */
@NullMarked
package org.hearthwatch.notifier.webhook.wire;

import org.jspecify.annotations.NullMarked;
