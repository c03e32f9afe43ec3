import { describe, expect, it } from 'vitest';
import { advance, align, grid, legendText, newest, stack, type Frame } from '../src/lib/series';

const frame = (times: number[], values: (number | null)[]): Frame => ({ times, lines: [{ key: 'a', name: 'a', values }] });
const answer = (value: string): Parameters<typeof advance>[2] => [{ legend: 'a', vector: [{ labels: {}, value }] }];

describe('a range answer', () => {
  it('is put on the grid, and what is missing is a gap', () => {
    const times = grid(100, 160, 15);
    const aligned = align(
      [{ legend: '{{device}} in', series: [{ metric: { device: 'eth0' }, values: [[100, '1'], [130, '3'], [160, 'NaN']] }] }],
      times,
      15,
    );
    expect(aligned.times).toEqual([100, 115, 130, 145, 160]);
    expect(aligned.lines).toEqual([{ key: 'eth0 in', name: 'eth0 in', values: [1, null, 3, null, null] }]);
  });

  it('is turned below zero where it flows the other way', () => {
    const aligned = align([{ legend: 'out', sign: -1, series: [{ metric: {}, values: [[0, '5']] }] }], [0], 15);
    expect(aligned.lines[0]?.values).toEqual([-5]);
  });
});

describe('a live moment', () => {
  it('is a tip until a step has passed', () => {
    const once = advance(frame([0, 15, 30], [1, 2, 3]), 35, answer('4'), 15, 0);
    expect(once.times).toEqual([0, 15, 30, 35]);
    const twice = advance(once, 40, answer('5'), 15, 0);
    expect(twice.times).toEqual([0, 15, 30, 40]);
    expect(twice.lines[0]?.values).toEqual([1, 2, 3, 5]);
  });

  it('becomes a point of the grid after a step', () => {
    const tip = advance(frame([0, 15, 30], [1, 2, 3]), 40, answer('4'), 15, 0);
    const point = advance(tip, 46, answer('5'), 15, 0);
    expect(point.times).toEqual([0, 15, 30, 45]);
    expect(advance(point, 51, answer('6'), 15, 0).times).toEqual([0, 15, 30, 45, 51]);
  });

  it('leaves a gap where a line says nothing, and drops what has left the window', () => {
    const moved = advance(frame([0, 15, 30], [1, 2, 3]), 46, [{ legend: 'a', vector: [] }], 15, 20);
    expect(moved.times).toEqual([15, 30, 46]);
    expect(moved.lines[0]?.values).toEqual([2, 3, null]);
  });

  it('brings new lines and forgets those that are gone', () => {
    const moved = advance(
      { times: [0, 15], lines: [{ key: 'old', name: 'old', values: [1, null] }] },
      30,
      [{ legend: 'new', vector: [{ labels: {}, value: '7' }] }],
      15,
      20,
    );
    expect(moved.lines).toEqual([{ key: 'new', name: 'new', values: [null, 7] }]);
  });

  it('is ignored when it is older than what is there', () => {
    const before = frame([0, 15], [1, 2]);
    expect(advance(before, 10, answer('9'), 15, 0)).toBe(before);
  });
});

describe('a stack', () => {
  it('adds up, counts a single gap as nothing and keeps a common one', () => {
    const lines = [
      { key: 'a', name: 'a', values: [1, null, null] },
      { key: 'b', name: 'b', values: [2, 3, null] },
    ];
    expect(stack(lines)).toEqual([
      [1, 0, null],
      [3, 3, null],
    ]);
  });
});

describe('a legend', () => {
  it('names what the labels say', () => {
    expect(legendText('cpu {{cpu}}', { cpu: '3' })).toBe('cpu 3');
    expect(legendText('{{chip_name|chip}} {{sensor}}', { chip: 'x', sensor: 'temp1' })).toBe('x temp1');
    expect(legendText('', { __name__: 'm', instance: 'i', zone: 'a' })).toBe('a');
  });

  it('shows the newest value that is no gap, but no old one', () => {
    expect(newest({ key: 'a', name: 'a', values: [1, 2, null] })).toBe(2);
    expect(newest({ key: 'a', name: 'a', values: [1, null, null, null] })).toBeNull();
  });
});
