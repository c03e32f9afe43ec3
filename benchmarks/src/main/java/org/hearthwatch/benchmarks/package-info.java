/** Measurements that print ratios against a peer in the same run. */
@NullMarked
package org.hearthwatch.benchmarks;

import org.jspecify.annotations.NullMarked;
