/** Tokens of Proxmox VE, renewed at the node they belong to. */
@NullMarked
package org.hearthwatch.secret.proxmox;

import org.jspecify.annotations.NullMarked;
