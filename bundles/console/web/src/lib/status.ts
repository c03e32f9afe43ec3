/** The one vocabulary of how things are. Never colour alone: each has an icon and a word. */

import { t } from './text';

export type Level = 'ok' | 'info' | 'warning' | 'critical' | 'unknown' | 'off';

export function levelName(level: Level): string {
  return t.status[level];
}

export function severityLevel(severity: string): Level {
  const word = severity.toLowerCase();
  return word === 'critical' || word === 'warning' ? word : 'info';
}

export function collectorLevel(state: string): Level {
  switch (state) {
    case 'OK':
      return 'ok';
    case 'STARTING':
      return 'info';
    case 'STUCK':
      return 'critical';
    default:
      return 'warning';
  }
}

export function pluginLevel(state: string): Level {
  switch (state) {
    case 'RUNNING':
      return 'ok';
    case 'FAILED':
      return 'critical';
    case 'QUARANTINED':
    case 'SAFE_MODE':
      return 'warning';
    default:
      return 'off';
  }
}

export function ruleLevel(state: string): Level {
  switch (state) {
    case 'firing':
    case 'err':
      return 'critical';
    case 'pending':
      return 'warning';
    case 'inactive':
    case 'ok':
      return 'ok';
    default:
      return 'unknown';
  }
}

export function silenceLevel(state: string): Level {
  return state === 'active' ? 'info' : 'off';
}

/** How full a thing is, in words of {@link Level}. */
export function fullness(percent: number): Level {
  return percent >= 95 ? 'critical' : percent >= 85 ? 'warning' : 'ok';
}

/** How a promise stands. */
export function promiseLevel(state: string): Level {
  switch (state) {
    case 'ON':
      return 'ok';
    case 'DEGRADED':
      return 'warning';
    default:
      return 'off';
  }
}
