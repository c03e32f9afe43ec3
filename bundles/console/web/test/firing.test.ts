import { describe, expect, it } from 'vitest';
import type { RoutedAlert } from '../src/lib/alerts.svelte';
import { alertLevel, calling, calmness } from '../src/lib/firing';

const alert = (name: string, severity: string | undefined, more: Partial<RoutedAlert> = {}): RoutedAlert => ({
  fingerprint: name,
  labels: severity === undefined ? { alertname: name } : { alertname: name, severity },
  annotations: {},
  startsAt: 0,
  receivers: ['everything'],
  silencedBy: [],
  inhibitedBy: [],
  mutedBy: [],
  acknowledgement: null,
  ...more,
});
const names = (alerts: RoutedAlert[]): string[] => alerts.map(({ fingerprint }) => fingerprint);

describe('alerts that call', () => {
  it('come with the worst first, then the newest', () => {
    const old = alert('old', 'warning', { startsAt: 1 });
    const fresh = alert('fresh', 'warning', { startsAt: 2 });
    const bad = alert('bad', 'critical');
    expect(names(calling([old, alert('note', 'info'), fresh, bad]))).toEqual(['bad', 'fresh', 'old', 'note']);
  });

  it('are none that are silenced, inhibited, muted or looked after', () => {
    const calm = [
      alert('a', 'critical', { silencedBy: ['x'] }),
      alert('b', 'critical', { inhibitedBy: ['x'] }),
      alert('c', 'critical', { mutedBy: ['night'] }),
      alert('d', 'critical', { acknowledgement: { by: 'eva', comment: '', at: 0, until: null } }),
    ];
    expect(calling(calm)).toEqual([]);
    expect(calm.map(calmness)).toEqual(['silenced', 'inhibited', 'muted', 'acknowledged']);
  });

  it('are not the switch that fires always', () => {
    expect(calling([alert('DeadMansSwitch', 'none')])).toEqual([]);
  });

  it('are warnings where no severity is given', () => {
    expect(alertLevel({ alertname: 'x' })).toBe('warning');
  });
});
