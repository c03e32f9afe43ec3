/** The edge as components: settings, the services it needs, the whiteboard servlet and the port. */
@NullMarked
package org.hearthwatch.http.osgi;

import org.jspecify.annotations.NullMarked;
