/** PromQL for Hearthwatch: the engine that checks, limits and evaluates questions. Plain Java. */
@NullMarked
package org.hearthwatch.query;

import org.jspecify.annotations.NullMarked;
