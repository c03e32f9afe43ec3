/** Which colour a series has: bound to its labels, so that it is the same on every page. Pure. */

/** How many colours each theme defines as `--series-0` … */
export const PALETTE_SIZE = 10;

/** FNV-1a, 32 bit. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    value ^= text.charCodeAt(at);
    value = Math.imul(value, 0x01000193);
  }
  return value >>> 0;
}

/**
 * The palette index of each key. A key's colour follows from its text alone unless two keys of one chart would share
 * it: then the later in alphabetical order takes the next free one, as long as there is one.
 */
export function colours(keys: readonly string[], pinned: Readonly<Record<string, number>> = {}): Map<string, number> {
  const result = new Map<string, number>();
  const taken = new Set<number>();
  for (const key of keys) {
    const index = pinned[key];
    if (index !== undefined) {
      result.set(key, index);
      taken.add(index);
    }
  }
  for (const key of [...new Set(keys)].sort()) {
    if (result.has(key)) continue;
    let index = hash(key) % PALETTE_SIZE;
    if (taken.size < PALETTE_SIZE) {
      while (taken.has(index)) index = (index + 1) % PALETTE_SIZE;
    }
    taken.add(index);
    result.set(key, index);
  }
  return result;
}
