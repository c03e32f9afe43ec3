/** The port itself: a Jetty connector with limits on connections, heads and the time a request may take to arrive. */
@NullMarked
package org.hearthwatch.http.jetty;

import org.jspecify.annotations.NullMarked;
