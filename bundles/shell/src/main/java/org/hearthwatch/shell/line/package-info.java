/** A command's words: what it takes, how they are read, how they are completed, and its help. */
@NullMarked
package org.hearthwatch.shell.line;

import org.jspecify.annotations.NullMarked;
