/** The file format of age (C2SP), version 1: X25519 recipients and passphrases. */
@NullMarked
package org.hearthwatch.backup.age;

import org.jspecify.annotations.NullMarked;
