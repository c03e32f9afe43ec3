/** One class for each service, made from an entry of a receiver. */
@NullMarked
package org.hearthwatch.notifier.webhook.section;

import org.jspecify.annotations.NullMarked;
