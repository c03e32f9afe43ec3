/** Settings, threads, and what this machine can keep programs apart with. */
@NullMarked
package org.hearthwatch.collector.external.osgi;

import org.jspecify.annotations.NullMarked;
