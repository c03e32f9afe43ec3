@org.jspecify.annotations.NullMarked
package org.hearthwatch.benchmarks.query;
