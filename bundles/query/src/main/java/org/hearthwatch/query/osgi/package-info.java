/** The query engine as a component: settings from configuration, the engine as a service, its metrics. */
@NullMarked
package org.hearthwatch.query.osgi;

import org.jspecify.annotations.NullMarked;
