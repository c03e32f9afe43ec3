/** How a host is, from what is known of it. Pure. */

import type { HostFigures } from './figures.svelte';
import { format } from './format';
import { fullness, type Level } from './status';
import { t } from './text';

export interface HostProblem {
  readonly instance: string;
  readonly level: Level;
  readonly problem: string;
  readonly remedy: string;
}

function worst(levels: readonly Level[]): Level {
  return levels.includes('critical') ? 'critical' : levels.includes('warning') ? 'warning' : 'ok';
}

function memoryLevel(percent: number): Level {
  return percent >= 98 ? 'critical' : percent >= 92 ? 'warning' : 'ok';
}

/** What is wrong with a host, in words; the same that colours its tile. */
export function hostProblems(instance: string, figures: HostFigures | undefined): HostProblem[] {
  if (hostLevel(figures, true) === 'unknown' || !figures) {
    return [{ instance, level: 'unknown', problem: t.overview.noDataFrom, remedy: t.overview.noDataRemedy }];
  }
  const found: HostProblem[] = [];
  const { disk, memory } = figures.now;
  if (disk !== undefined && fullness(disk) !== 'ok') {
    const problem = t.overview.diskFull(figures.fullest ?? t.overview.disk, format(disk, 'percent'));
    found.push({ instance, level: fullness(disk), problem, remedy: t.overview.diskRemedy });
  }
  if (memory !== undefined && memoryLevel(memory) !== 'ok') {
    const problem = t.overview.memoryFull(format(memory, 'percent'));
    found.push({ instance, level: memoryLevel(memory), problem, remedy: t.overview.memoryRemedy });
  }
  return found;
}

/** A host that sends nothing is unknown, not fine. */
export function hostLevel(figures: HostFigures | undefined, loaded: boolean): Level {
  if (!loaded) return 'info';
  if (!figures || Object.keys(figures.now).length === 0) return 'unknown';
  return worst([fullness(figures.now.disk ?? 0), memoryLevel(figures.now.memory ?? 0)]);
}
