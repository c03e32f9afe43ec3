/** What of the firing alerts concerns whoever looks: how bad each is, and whether somebody already cares for it. */

import type { RoutedAlert } from './alerts.svelte';
import type { LabelSet } from './series';
import { severityLevel } from './status';

export type AlertLevel = 'critical' | 'warning' | 'info';

/** How bad an alert is; one that says nothing of it is a warning, as for Alertmanager's users. */
export function alertLevel(labels: LabelSet): AlertLevel {
  return severityLevel(labels['severity'] ?? 'warning') as AlertLevel;
}

export type Calm = 'silenced' | 'inhibited' | 'muted' | 'acknowledged';

/** Why nobody is told, or told again; undefined of one that calls. */
export function calmness(alert: RoutedAlert): Calm | undefined {
  if (alert.silencedBy.length > 0) return 'silenced';
  if (alert.inhibitedBy.length > 0) return 'inhibited';
  if (alert.mutedBy.length > 0) return 'muted';
  return alert.acknowledgement === null ? undefined : 'acknowledged';
}

const RANK: readonly AlertLevel[] = ['critical', 'warning', 'info'];

/** Those that call, the worst first, then the newest. A dead man's switch fires always: its severity is none. */
export function calling(alerts: readonly RoutedAlert[]): RoutedAlert[] {
  return alerts
    .filter((alert) => alert.labels['severity'] !== 'none' && calmness(alert) === undefined)
    .sort((a, b) => RANK.indexOf(alertLevel(a.labels)) - RANK.indexOf(alertLevel(b.labels)) || b.startsAt - a.startsAt);
}
