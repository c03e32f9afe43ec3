/** What PromQL's functions compute, on plain numbers: no series, no labels, no time but what they are given. */
@NullMarked
package org.hearthwatch.query.function;

import org.jspecify.annotations.NullMarked;
