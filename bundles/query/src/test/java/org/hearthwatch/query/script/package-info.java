/** Runs test scripts in the language of Prometheus's own PromQL tests. */
@NullMarked
package org.hearthwatch.query.script;

import org.jspecify.annotations.NullMarked;
