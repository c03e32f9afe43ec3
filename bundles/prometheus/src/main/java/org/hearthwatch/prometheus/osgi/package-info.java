/** The components: routes, whiteboard, figures. */
@NullMarked
package org.hearthwatch.prometheus.osgi;

import org.jspecify.annotations.NullMarked;
