/** Times of the week and the year, as Alertmanager names them. */
@NullMarked
package org.hearthwatch.alert.timeinterval;

import org.jspecify.annotations.NullMarked;
