/** Metrics that other programs leave in files. */
@NullMarked
package org.hearthwatch.collector.host.textfile;

import org.jspecify.annotations.NullMarked;
