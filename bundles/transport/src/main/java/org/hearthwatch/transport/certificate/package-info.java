/** Certificates: our own authority, what it issues, and what an administrator brings. */
@NullMarked
package org.hearthwatch.transport.certificate;

import org.jspecify.annotations.NullMarked;
