/** Alerts that keep others quiet. */
@NullMarked
package org.hearthwatch.alert.inhibit;

import org.jspecify.annotations.NullMarked;
