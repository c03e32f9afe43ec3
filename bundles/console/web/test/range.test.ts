import { describe, expect, it } from 'vitest';
import {
  MAX_POINTS,
  chooseStep,
  defaultRange,
  edges,
  fixed,
  last,
  parseSpan,
  parseTyped,
  rateWindow,
  readRange,
  shift,
  spanText,
  writeRange,
  zoom,
} from '../src/lib/range';

const NOW = new Date(2026, 10, 21, 14, 30, 0).getTime() / 1000;
const at = (day: number, hour: number, minute = 0): number => new Date(2026, 10, day, hour, minute).getTime() / 1000;

describe('a span', () => {
  it('is read from one or several units', () => {
    expect(parseSpan('90m')).toBe(5400);
    expect(parseSpan('1h 30m')).toBe(5400);
    expect(parseSpan('1.5h')).toBe(5400);
  });

  it('is refused when it is none', () => {
    for (const text of ['', 'h', '5', '5 parsecs', '1h-30m']) expect(parseSpan(text)).toBeUndefined();
  });

  it('is written so that reading gives it back', () => {
    for (const seconds of [1, 15, 59, 60, 90, 5400, 86400, 604800, 31536000]) {
      expect(parseSpan(spanText(seconds))).toBe(seconds);
    }
  });
});

describe('the range in the address', () => {
  const round = (range: ReturnType<typeof last>): unknown => {
    const parameters = new URLSearchParams('tab=x');
    writeRange(range, parameters);
    return readRange(parameters, last(42 * 60));
  };

  it('comes back as it was', () => {
    for (const range of [last(300), last(3600), last(5400), fixed(1000, 5000)]) expect(round(range)).toEqual(range);
  });

  it('replaces a former one and leaves other parameters alone', () => {
    const parameters = new URLSearchParams('tab=x&from=1000&to=2000');
    writeRange(last(3600), parameters);
    expect(parameters.toString()).toBe('tab=x&range=1h');
  });

  it('is the fallback when it makes no sense', () => {
    for (const text of ['', 'range=soon', 'from=5', 'from=9&to=3', 'from=a&to=b', 'from=-9&to=-3']) {
      expect(readRange(new URLSearchParams(text), last(900))).toEqual(last(900));
    }
  });

  it('is kept within a minute and five years', () => {
    expect(readRange(new URLSearchParams('range=1s'), last(900))).toEqual(last(60));
    expect(readRange(new URLSearchParams('range=99y'), last(900))).toEqual(last(5 * 31536000));
    expect(readRange(new URLSearchParams('from=100&to=102'), last(900))).toEqual({ kind: 'fixed', from: 71, to: 131 });
  });
});

describe('the range nobody asked for', () => {
  it('is an hour once there is about as much to see', () => {
    expect([20, 1000, 3000, 1e6].map(defaultRange)).toEqual([last(300), last(900), last(3600), last(3600)]);
  });
});

describe('moving in time', () => {
  it('goes back by half a window and stays there', () => {
    expect(shift(last(3600), -0.5, NOW)).toEqual(fixed(NOW - 5400, NOW - 1800));
  });

  it('does not pass now', () => {
    expect(edges(shift(fixed(NOW - 4000, NOW - 400), 0.5, NOW), NOW)).toEqual({ from: NOW - 3600, to: NOW });
  });

  it('zooms a moving range at its right edge and a fixed one around its middle', () => {
    expect(zoom(last(3600), 2, NOW)).toEqual(last(7200));
    expect(zoom(fixed(NOW - 8000, NOW - 6000), 0.5, NOW)).toEqual(fixed(NOW - 7500, NOW - 6500));
  });
});

describe('the step', () => {
  it('gives about two pixels to each point', () => {
    expect(chooseStep(3600, 600)).toBe(15);
    expect(chooseStep(21600, 600)).toBe(120);
    expect(chooseStep(604800, 600)).toBe(3600);
  });

  it('never asks for more points than are answered, nor for more than were measured', () => {
    for (let seconds = 60; seconds <= 5 * 31536000; seconds = Math.ceil(seconds * 1.37)) {
      for (const pixels of [0, 200, 1000, 40000]) {
        const step = chooseStep(seconds, pixels);
        expect(step).toBeGreaterThanOrEqual(15);
        expect(seconds / step + 1).toBeLessThanOrEqual(MAX_POINTS);
      }
    }
  });

  it('leaves rate a window of four measurements and no hole between points', () => {
    expect(rateWindow(15)).toBe('1m');
    expect(rateWindow(60)).toBe('1m');
    expect(rateWindow(300)).toBe('5m');
  });
});

describe('a typed range', () => {
  it('may be a span', () => {
    expect(parseTyped('2h', NOW)).toEqual(last(7200));
    expect(parseTyped('last 15m', NOW)).toEqual(last(900));
  });

  it('may begin somewhere and end now', () => {
    expect(parseTyped('2h ago', NOW)).toEqual(fixed(NOW - 7200, NOW));
    expect(parseTyped('12:00', NOW)).toEqual(fixed(at(21, 12), NOW));
    expect(parseTyped('2026-11-20', NOW)).toEqual(fixed(at(20, 0), NOW));
  });

  it('may be a day or have two ends', () => {
    expect(parseTyped('yesterday', NOW)).toEqual(fixed(at(20, 0), at(21, 0)));
    expect(parseTyped('yesterday 14:00 to now', NOW)).toEqual(fixed(at(20, 14), NOW));
    expect(parseTyped('2026-11-19 08:15 to 2026-11-19 09:45', NOW)).toEqual(fixed(at(19, 8, 15), at(19, 9, 45)));
  });

  it('is refused when it cannot be read or ends before it begins', () => {
    for (const text of ['', 'soon', '25:00', 'now to 2h ago', '2026-11-19 to 2026-11-18', '0s', 'a to b to c']) {
      expect(parseTyped(text, NOW)).toBeUndefined();
    }
  });
});
