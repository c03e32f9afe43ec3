/** The store as a component: settings, threads, services. */
@NullMarked
package org.hearthwatch.store.osgi;

import org.jspecify.annotations.NullMarked;
