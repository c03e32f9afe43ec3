/** Alertmanager's HTTP API, version 2, and the links in messages. */
@NullMarked
package org.hearthwatch.alert.api;

import org.jspecify.annotations.NullMarked;
