import { describe, expect, it } from 'vitest';
import { matchesAll, readMatcher, writeMatcher } from '../src/lib/matchers';

describe('conditions on labels', () => {
  it('are read with each operator, quoted or plain', () => {
    expect(readMatcher('instance="nas"')).toEqual({ name: 'instance', value: 'nas', isRegex: false, isEqual: true });
    expect(readMatcher(' instance != nas ')).toEqual({ name: 'instance', value: 'nas', isRegex: false, isEqual: false });
    expect(readMatcher('alertname=~"Disk.*"')).toEqual({ name: 'alertname', value: 'Disk.*', isRegex: true, isEqual: true });
    expect(readMatcher('"two words"!~"a\\"b"')).toEqual({ name: 'two words', value: 'a"b', isRegex: true, isEqual: false });
  });

  it('are refused when they are none', () => {
    for (const line of ['', 'nas', '=x', 'a="b', 'a b="c"']) expect(readMatcher(line)).toBeNull();
  });

  it('are read again as they were written', () => {
    for (const value of ['', 'nas', 'a"b', 'a\\b', 'line\nline', '{x}']) {
      for (const name of ['instance', 'two words', 'a"b']) {
        const matcher = { name, value, isRegex: true, isEqual: false };
        expect(readMatcher(writeMatcher(matcher))).toEqual(matcher);
      }
    }
  });

  it('hold for labels as a server holds them: anchored, and a missing label is empty', () => {
    const labels = { alertname: 'DiskFull', instance: 'nas' };
    const all = (...lines: string[]) => matchesAll(lines.map((line) => readMatcher(line)!), labels);
    expect(all('alertname=~"Disk"')).toBe(false);
    expect(all('alertname=~"Disk.*"', 'instance="nas"')).toBe(true);
    expect(all('job=""')).toBe(true);
    expect(all('job!=""')).toBe(false);
    expect(all('alertname=~"("')).toBe(false);
  });
});
