/** The plugin folder: what lies in it, what an administrator approved, what runs, and how one version follows another. */
@NullMarked
package org.hearthwatch.plugin;

import org.jspecify.annotations.NullMarked;
