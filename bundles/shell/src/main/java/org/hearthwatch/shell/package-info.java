/** The commands. They translate between words and the api's services and decide nothing themselves. */
@NullMarked
package org.hearthwatch.shell;

import org.jspecify.annotations.NullMarked;
