/** Alertmanager's configuration file: what stands in it, with line and column of what is wrong. */
@NullMarked
package org.hearthwatch.alert.config;

import org.jspecify.annotations.NullMarked;
