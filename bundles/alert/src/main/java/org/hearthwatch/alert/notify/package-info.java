/** From a group of alerts to a message: who is told what, and why or why not. */
@NullMarked
package org.hearthwatch.alert.notify;

import org.jspecify.annotations.NullMarked;
