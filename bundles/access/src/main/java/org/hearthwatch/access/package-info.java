/** Users, tokens, sessions and the first set-up: the engine, without any container. */
@NullMarked
package org.hearthwatch.access;

import org.jspecify.annotations.NullMarked;
