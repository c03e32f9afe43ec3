/** Conditions on labels, as Alertmanager's API and people write them. */

import type { LabelSet } from './series';

export interface Matcher {
  readonly name: string;
  readonly value: string;
  readonly isRegex: boolean;
  readonly isEqual: boolean;
}

const FORM = /^\s*(?:"((?:[^"\\]|\\.)+)"|([^\s"=!~,{}]+))\s*(=~|!~|!=|=)\s*(?:"((?:[^"\\]|\\.)*)"|([^"]*?))\s*$/;

function unquote(text: string): string {
  return text.replaceAll(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character));
}

/** The condition a line holds, or null if it holds none. */
export function readMatcher(line: string): Matcher | null {
  const match = FORM.exec(line);
  if (!match) return null;
  const [, quotedName, name, operator, quoted, plain] = match;
  return {
    name: quotedName === undefined ? (name ?? '') : unquote(quotedName),
    value: quoted === undefined ? (plain ?? '') : unquote(quoted),
    isRegex: operator === '=~' || operator === '!~',
    isEqual: operator === '=' || operator === '=~',
  };
}

export function writeMatcher({ name, value, isRegex, isEqual }: Matcher): string {
  const operator = isRegex ? (isEqual ? '=~' : '!~') : isEqual ? '=' : '!=';
  const quoted = value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
  const plainName = /^[^\s"=!~,{}]+$/.test(name) ? name : `"${name.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
  return `${plainName}${operator}"${quoted}"`;
}

/** The conditions that hold for these labels and no others. */
export function exactly(labels: LabelSet): Matcher[] {
  return Object.entries(labels).map(([name, value]) => ({ name, value, isRegex: false, isEqual: true }));
}

/** Whether all conditions hold; one whose expression a browser cannot read holds for nothing. */
export function matchesAll(matchers: readonly Matcher[], labels: LabelSet): boolean {
  return matchers.every(({ name, value, isRegex, isEqual }) => {
    const actual = labels[name] ?? '';
    if (!isRegex) return (actual === value) === isEqual;
    try {
      return new RegExp(`^(?:${value})$`, 's').test(actual) === isEqual;
    } catch {
      return false;
    }
  });
}
