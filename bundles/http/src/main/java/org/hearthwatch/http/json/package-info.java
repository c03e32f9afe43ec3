/** The JSON API of the console and of scripts: a translation of the appliance's services, without rules of its own. */
@NullMarked
package org.hearthwatch.http.json;

import org.jspecify.annotations.NullMarked;
