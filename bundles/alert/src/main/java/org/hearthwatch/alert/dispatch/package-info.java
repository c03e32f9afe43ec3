/** Groups of alerts and the moments they are told at; no threads, no clock of its own. */
@NullMarked
package org.hearthwatch.alert.dispatch;

import org.jspecify.annotations.NullMarked;
