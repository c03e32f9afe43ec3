/** The PromQL 3.x language as text and as a tree: lexer, parser, types, canonical layout. Knows nothing of data. */
@NullMarked
package org.hearthwatch.query.syntax;

import org.jspecify.annotations.NullMarked;
