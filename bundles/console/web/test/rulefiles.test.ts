import { describe, expect, it } from 'vitest';
import { bands, diff, firingSeconds, readProblem, type Firing, type Report } from '../src/lib/rulefiles';

function firing(from: number, to: number | null): Firing {
  const at = new Date(from * 1000).toISOString();
  return { labels: {}, activeAt: at, firedAt: at, ...(to === null ? {} : { endedAt: new Date(to * 1000).toISOString() }) };
}

describe('a problem', () => {
  it('names its line, with or without a column', () => {
    expect(readProblem('12:9: unknown field: exp')).toEqual({ line: 12, text: 'unknown field: exp' });
    expect(readProblem('3: two\nlines')).toEqual({ line: 3, text: 'two\nlines' });
  });

  it('without a line is about the whole', () => {
    expect(readProblem('the file is empty')).toEqual({ line: 0, text: 'the file is empty' });
  });
});

describe('a back-test', () => {
  it('joins firings that overlap or touch, and counts how many there are at once', () => {
    expect(bands([firing(10, 20), firing(15, 30), firing(30, 40), firing(50, null)], 60)).toEqual([
      { from: 10, to: 40, most: 2 },
      { from: 50, to: 60, most: 1 },
    ]);
    expect(bands([], 60)).toEqual([]);
  });

  it('adds up how long every alert fires', () => {
    const report: Report = { name: 'a', expression: '', step: 1, warnings: [], firings: [firing(10, 20), firing(15, 30), firing(50, null)] };
    expect(firingSeconds(report, 60)).toBe(10 + 15 + 10);
  });
});

describe('a difference', () => {
  const shown = (before: string, after: string): string[] => diff(before, after).map(({ kind, text }) => `${{ same: ' ', added: '+', removed: '-' }[kind]}${text}`);

  it('tells what was taken out and put in, in place', () => {
    expect(shown('a\nb\nc\nd', 'a\nc\nx\nd')).toEqual([' a', '-b', ' c', '+x', ' d']);
  });

  it('of equal texts has no change', () => {
    expect(shown('a\nb', 'a\nb')).toEqual([' a', ' b']);
  });

  it('takes the one text to the other, whatever they are', () => {
    let seed = 7;
    const random = (most: number): number => (seed = (seed * 1103515245 + 12345) % 2147483648) % most;
    for (let round = 0; round < 200; round++) {
      const text = (): string => Array.from({ length: random(12) }, () => 'abcd'[random(4)]).join('\n');
      const [before, after] = [text(), text()];
      const lines = diff(before, after);
      expect(lines.filter(({ kind }) => kind !== 'added').map((line) => line.text).join('\n')).toBe(before);
      expect(lines.filter(({ kind }) => kind !== 'removed').map((line) => line.text).join('\n')).toBe(after);
    }
  });

  it('of long texts that have nothing in common is told whole', () => {
    const long = (letter: string): string => Array.from({ length: 4000 }, (_, at) => `${letter}${at}`).join('\n');
    expect(diff(long('a'), long('b'))).toHaveLength(8000);
  });
});
