/** The host collector: many small sources behind one collector, each alone in its failure. */
@NullMarked
package org.hearthwatch.collector.host;

import org.jspecify.annotations.NullMarked;
