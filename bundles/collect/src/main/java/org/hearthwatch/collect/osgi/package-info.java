/** The runner in a container: collectors as services, threads, settings. */
@NullMarked
package org.hearthwatch.collect.osgi;

import org.jspecify.annotations.NullMarked;
