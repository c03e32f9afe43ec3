/** Reads a plugin's file without running it, and takes the exit calls out of its classes when they are loaded. */
@NullMarked
package org.hearthwatch.plugin.jar;

import org.jspecify.annotations.NullMarked;
