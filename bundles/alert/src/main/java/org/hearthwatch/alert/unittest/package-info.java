/** Unit tests of rules in the format of {@code promtool test rules}: reading them, running them, saying what differs. */
@NullMarked
package org.hearthwatch.alert.unittest;

import org.jspecify.annotations.NullMarked;
