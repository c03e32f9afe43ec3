/** The folder's watch, the framework that plugins are installed in, and the settings. */
@NullMarked
package org.hearthwatch.plugin.osgi;

import org.jspecify.annotations.NullMarked;
