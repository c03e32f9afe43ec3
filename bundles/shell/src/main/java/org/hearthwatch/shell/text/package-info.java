/** What is printed: tables, charts, numbers and JSON, with nothing in them that a terminal would obey. */
@NullMarked
package org.hearthwatch.shell.text;

import org.jspecify.annotations.NullMarked;
