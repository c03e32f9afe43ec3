/**
 * Go's text templates ({@code text/template}) over data and functions that are given: what rules and notifications write
 * their texts in. Follows the behaviour of Go 1.24, bounded in output, steps, depth and time.
 */
@NullMarked
package org.hearthwatch.alert.template;

import org.jspecify.annotations.NullMarked;
