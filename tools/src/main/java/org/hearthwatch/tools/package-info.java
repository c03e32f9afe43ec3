/** Commands that need no running appliance, with the words, options and exit codes of {@code promtool}. */
@NullMarked
package org.hearthwatch.tools;

import org.jspecify.annotations.NullMarked;
