/** Memory and paging. */
@NullMarked
package org.hearthwatch.collector.host.memory;

import org.jspecify.annotations.NullMarked;
