/** The edge: from a servlet request to the handler of a route, past the guard. */
@NullMarked
package org.hearthwatch.http;

import org.jspecify.annotations.NullMarked;
