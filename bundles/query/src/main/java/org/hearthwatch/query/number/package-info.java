/** Functions of numbers, equal to the last digit to those of Go, which Prometheus computes with. */
@NullMarked
package org.hearthwatch.query.number;

import org.jspecify.annotations.NullMarked;
