/** YAML read strictly against a known shape, every complaint with its place. */
@NullMarked
package org.hearthwatch.alert.yaml;

import org.jspecify.annotations.NullMarked;
