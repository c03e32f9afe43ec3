import { describe, expect, it } from 'vitest';
import { PALETTE_SIZE, colours } from '../src/lib/colour';
import { KEY_CHARTS, SECTIONS, chartsFor, fill, matches, neededMetrics, quote } from '../src/lib/charts';
import { score } from '../src/lib/search';
import { reaches } from '../src/lib/trend';

const ALL = SECTIONS.flatMap((section) => section.charts);

describe('the charts', () => {
  it('have names of their own', () => {
    expect(new Set(ALL.map(({ id }) => id)).size).toBe(ALL.length);
  });

  it('ask for one host and leave no placeholder', () => {
    for (const chart of [...ALL, ...KEY_CHARTS]) {
      for (const { expr } of chart.queries) {
        expect(expr).toContain('$host');
        const filled = fill(expr, 'my "$&"', 60);
        expect(filled).toContain('instance="my \\"$&\\""');
        expect(filled).not.toMatch(/\$(host|rate)/);
      }
    }
  });

  it('need a metric that they ask for', () => {
    for (const chart of ALL) {
      expect(chart.queries.some(({ expr }) => chart.needs.some((name) => expr.includes(name)))).toBe(true);
    }
  });

  it('pin only colours that the themes have, and only for lines that exist', () => {
    for (const chart of ALL) {
      for (const index of Object.values(chart.colours ?? {})) expect(index).toBeLessThan(PALETTE_SIZE);
      for (const limit of chart.limits ?? []) expect(chart.queries.some(({ legend }) => legend === limit)).toBe(true);
    }
  });

  it('show only what a host has', () => {
    expect(chartsFor(new Set(['node_load1'])).map(({ id, charts }) => [id, charts.map((chart) => chart.id)])).toEqual([['cpu', ['load']]]);
    expect(chartsFor(new Set(neededMetrics())).flatMap(({ charts }) => charts)).toHaveLength(ALL.length);
  });

  it('are found by title, section and metric', () => {
    const found = (words: string): string[] =>
      SECTIONS.flatMap((section) => section.charts.filter((chart) => matches(chart, section, words)).map(({ id }) => id));
    expect(found('retrans')).toEqual(['net-retransmits']);
    expect(found('DISK latency')).toEqual(['disk-latency']);
    expect(found('nothing of the kind')).toEqual([]);
  });
});

describe('a label value', () => {
  it('cannot leave its string', () => {
    expect(quote('a"b\\c\n')).toBe('"a\\"b\\\\c\\n"');
  });
});

describe('the colour of a series', () => {
  it('follows from its labels, whatever else is on the chart', () => {
    const alone = colours(['eth0 in']).get('eth0 in');
    for (const other of ['eth1 in', 'wlan0 in', 'zz']) {
      if (colours([other]).get(other) !== alone) expect(colours([other, 'eth0 in']).get('eth0 in')).toBe(alone);
    }
  });

  it('is shared by no two of up to ten lines, and does not depend on their order', () => {
    const keys = Array.from({ length: PALETTE_SIZE }, (_, at) => `cpu ${at}`);
    const bound = colours(keys);
    expect(new Set(bound.values()).size).toBe(PALETTE_SIZE);
    expect(colours([...keys].reverse())).toEqual(bound);
  });

  it('is what the chart pins', () => {
    expect(colours(['user', 'x'], { user: 4 }).get('user')).toBe(4);
  });
});

describe('search', () => {
  it('prefers whole words to scattered letters, and finds nothing in nothing', () => {
    const rank = (text: string, typed: string): number => score(text, typed) ?? -1;
    expect(rank('Disk latency', 'disk')).toBeGreaterThan(rank('Waiting to be written, dirty, kept', 'dik'));
    expect(rank('Memory usage', 'mus')).toBeGreaterThan(0);
    expect(score('Overview', 'xyz')).toBeUndefined();
  });
});

describe('the trend of a filling disk', () => {
  const times = Array.from({ length: 60 }, (_, at) => at * 60);

  it('says when it will be full', () => {
    const left = reaches(times, times.map((time) => 50 + time / 3600), 100, 1e9);
    expect(left).toBeCloseTo((50 - 59 / 60) * 3600, 0);
  });

  it('says nothing of a steady, an emptying, a slow or a hardly known one', () => {
    expect(reaches(times, times.map(() => 50), 100, 1e9)).toBeUndefined();
    expect(reaches(times, times.map((time) => 90 - time / 3600), 100, 1e9)).toBeUndefined();
    expect(reaches(times, times.map((time) => 50 + time / 1e9), 100, 86400)).toBeUndefined();
    expect(reaches(times, times.map((_, at) => (at < 5 ? at : null)), 100, 1e9)).toBeUndefined();
  });
});
