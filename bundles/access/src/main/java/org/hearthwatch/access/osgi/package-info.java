/** Access as a component: settings, services, the state folder and the clock tick. */
@NullMarked
package org.hearthwatch.access.osgi;

import org.jspecify.annotations.NullMarked;
