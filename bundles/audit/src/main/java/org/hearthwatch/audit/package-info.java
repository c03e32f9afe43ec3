/** The tamper-evident audit log; docs/audit-format.md describes its files. */
@NullMarked
package org.hearthwatch.audit;

import org.jspecify.annotations.NullMarked;
