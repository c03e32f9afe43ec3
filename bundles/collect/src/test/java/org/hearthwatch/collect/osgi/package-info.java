@NullMarked
package org.hearthwatch.collect.osgi;

import org.jspecify.annotations.NullMarked;
