import { describe, expect, it } from 'vitest';
import { strength } from '../src/lib/password';

describe('the strength of a password', () => {
  it('is none below ten characters', () => {
    expect(strength('Aa1!Aa1!A', 'ada')).toBe(0);
  });

  it('is fair at most when it repeats itself or holds the name', () => {
    expect(strength('aaaaaaaaaaaaaaaaaaaa', 'ada')).toBe(1);
    expect(strength('lovelace-1815-Engine', 'Lovelace')).toBe(1);
  });

  it('grows with length and variety', () => {
    expect(strength('correcthorsebatterystaple', 'ada')).toBeGreaterThanOrEqual(2);
    expect(strength('q7!Vb-92kLmZ#wTn4x', 'ada')).toBe(3);
  });
});
