import { describe, expect, it } from 'vitest';
import { ago, count, duration, format } from '../src/lib/format';

describe('a figure', () => {
  it('has three digits and its unit', () => {
    expect(format(1536, 'bytes')).toBe('1.50 KiB');
    expect(format(32 * 1024 ** 3, 'bytes')).toBe('32 GiB');
    expect(format(12_345_678, 'bitsPerSecond')).toBe('12.3 Mbit/s');
    expect(format(0.0042, 'seconds')).toBe('4.20 ms');
    expect(format(0.5, 'ratio')).toBe('50.0 %');
    expect(format(1234, 'operations')).toBe('1.23 kop/s');
    expect(format(54.25, 'celsius')).toBe('54.3 °C');
  });

  it('never shows 1000 of a smaller unit', () => {
    expect(format(999_990, 'bitsPerSecond')).toBe('1.00 Mbit/s');
    expect(format(1024 ** 3 - 1, 'bytes')).toBe('1.00 GiB');
  });

  it('has a true minus', () => {
    expect(format(-0.000012, 'seconds')).toBe('−12 µs');
  });

  it('is a dash where there is none', () => {
    expect(format(null, 'bytes')).toBe('–');
    expect(format(undefined, 'percent')).toBe('–');
    expect(format(NaN, 'number')).toBe('–');
    expect(format(Infinity, 'number')).toBe('∞');
  });
});

describe('a time', () => {
  it('is said in its two largest units', () => {
    expect(duration(0)).toBe('0 s');
    expect(duration(59.6)).toBe('1 min');
    expect(duration(3600)).toBe('1 h');
    expect(duration(93_784)).toBe('1 d 2 h');
  });

  it('is said as an age', () => {
    expect(ago(100, 112)).toBe('12 s ago');
    expect(ago(0, 4000)).toBe('1 h ago');
    expect(ago(100, 99)).toBe('now');
  });
});

describe('a count', () => {
  it('is grouped by narrow spaces', () => {
    expect(count(18_432)).toBe('18\u202f432');
    expect(count(7)).toBe('7');
  });
});
