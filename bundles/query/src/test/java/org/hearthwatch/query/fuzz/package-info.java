/** Random questions over random data, answered by this engine and by a real Prometheus. */
@NullMarked
package org.hearthwatch.query.fuzz;

import org.jspecify.annotations.NullMarked;
