/**
 * Asking an engine elsewhere that answers as Prometheus does, and the embedded one where that engine does not answer. Plain
 * Java; the connection is made by the component.
 */
@NullMarked
package org.hearthwatch.query.remote;

import org.jspecify.annotations.NullMarked;
