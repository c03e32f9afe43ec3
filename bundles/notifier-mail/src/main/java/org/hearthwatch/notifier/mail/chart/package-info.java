/** Small charts as PNG, drawn without a window system or fonts, of which a server may have neither. */
@NullMarked
package org.hearthwatch.notifier.mail.chart;

import org.jspecify.annotations.NullMarked;
