/** Evaluates expressions over stored series, column by column: one column of values a series, one place a step. */
@NullMarked
package org.hearthwatch.query.evaluation;

import org.jspecify.annotations.NullMarked;
