/** Says in words why something does not work. */
@NullMarked
package org.hearthwatch.collector.runtime.doctor;

import org.jspecify.annotations.NullMarked;
