/** Conditions on the labels of alerts, in both of Alertmanager's notations. */
@NullMarked
package org.hearthwatch.alert.matching;

import org.jspecify.annotations.NullMarked;
