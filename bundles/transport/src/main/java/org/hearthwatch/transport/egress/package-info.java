/** Connections that leave: where they may go, and whom they trust. */
@NullMarked
package org.hearthwatch.transport.egress;

import org.jspecify.annotations.NullMarked;
