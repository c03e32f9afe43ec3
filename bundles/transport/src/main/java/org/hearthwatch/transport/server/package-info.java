/** TLS for our own listeners, by Bouncy Castle: Java 17's own knows no post-quantum key exchange. */
@NullMarked
package org.hearthwatch.transport.server;

import org.jspecify.annotations.NullMarked;
