/** The appliance about itself: the Java machine and the process. */
@NullMarked
package org.hearthwatch.collector.runtime;

import org.jspecify.annotations.NullMarked;
