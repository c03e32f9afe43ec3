/** systemd's units, asked over D-Bus. */
@NullMarked
package org.hearthwatch.collector.host.systemd;

import org.jspecify.annotations.NullMarked;
