/** The web console: its built pages as files. */
@NullMarked
package org.hearthwatch.console;

import org.jspecify.annotations.NullMarked;
