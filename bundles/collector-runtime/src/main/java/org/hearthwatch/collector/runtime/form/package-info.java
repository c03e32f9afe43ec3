/** Sets of settings as forms that can be filled in, and the files they become. */
@NullMarked
package org.hearthwatch.collector.runtime.form;

import org.jspecify.annotations.NullMarked;
