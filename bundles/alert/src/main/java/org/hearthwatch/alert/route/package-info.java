/** The tree that says who is told of an alert. */
@NullMarked
package org.hearthwatch.alert.route;

import org.jspecify.annotations.NullMarked;
