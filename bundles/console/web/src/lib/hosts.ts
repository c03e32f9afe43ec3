/** How a host is, from what is known of it. Pure. */

import type { HostFigures } from './figures.svelte';
import type { Level } from './status';

/** A host that sends nothing is unknown, not fine. */
export function hostLevel(figures: HostFigures | undefined, loaded: boolean): Level {
  if (!loaded) return 'info';
  if (!figures || figures.now.cpu === undefined) return 'unknown';
  const disk = figures.now.disk ?? 0;
  const memory = figures.now.memory ?? 0;
  if (disk >= 95 || memory >= 98) return 'critical';
  if (disk >= 85 || memory >= 92) return 'warning';
  return 'ok';
}
