/** Hands the commands to Karaf's shell. */
@NullMarked
package org.hearthwatch.shell.osgi;

import org.jspecify.annotations.NullMarked;
