/** Rules as a component: settings, files, threads and services. */
@NullMarked
package org.hearthwatch.alert.osgi;

import org.jspecify.annotations.NullMarked;
