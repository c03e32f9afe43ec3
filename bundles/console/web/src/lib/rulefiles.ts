/** Rule files: where a problem is, what differs between versions, and when rules would have fired. Pure. */

export interface RuleFile {
  name: string;
  bytes: number;
  changed: string;
}

export interface Version {
  number: number;
  at: string;
  by: string;
  comment: string;
  text?: string;
}

export interface Firing {
  labels: Record<string, string>;
  activeAt: string;
  firedAt: string;
  endedAt?: string;
}

export interface Report {
  name: string;
  expression: string;
  step: number;
  firings: Firing[];
  warnings: string[];
}

export interface Backtest {
  from: string;
  to: string;
  reports: Report[];
}

export interface Problem {
  /** From 1; 0 where it is about the whole. */
  readonly line: number;
  readonly text: string;
}

/** A problem as the server words it: {@code line:column: what}. */
export function readProblem(text: string): Problem {
  const found = /^(\d+):(?:\d+:)?\s*(.*)$/s.exec(text);
  return found ? { line: Number(found[1]), text: found[2] ?? '' } : { line: 0, text };
}

/** Seconds that a rule would have been firing, all alerts together, until `to` for those that fire still. */
export function firingSeconds(report: Report, to: number): number {
  return report.firings.reduce((sum, { firedAt, endedAt }) => sum + (endedAt === undefined ? to : Date.parse(endedAt) / 1000) - Date.parse(firedAt) / 1000, 0);
}

export interface Band {
  readonly from: number;
  readonly to: number;
  /** How many alerts fire at once at most. */
  readonly most: number;
}

/** The spans in which at least one alert fires, so that a thousand alerts are no thousand rectangles. */
export function bands(firings: readonly Firing[], end: number): Band[] {
  const edges = firings
    .flatMap(({ firedAt, endedAt }): [number, number][] => [
      [Date.parse(firedAt) / 1000, 1],
      [endedAt === undefined ? end : Date.parse(endedAt) / 1000, -1],
    ])
    .sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const found: Band[] = [];
  let depth = 0;
  let from = 0;
  let most = 0;
  for (const [time, change] of edges) {
    if (depth === 0) {
      from = time;
      most = 0;
    }
    depth += change;
    most = Math.max(most, depth);
    if (depth === 0) found.push({ from, to: time, most });
  }
  return found;
}

export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** Beyond this many lines on a side only whole files are compared: the work grows with their product. */
const MOST_LINES = 3000;

/** What takes one text to another, line by line, by the longest common subsequence. */
export function diff(before: string, after: string): DiffLine[] {
  const a = before.split('\n');
  const b = after.split('\n');
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const left = a.slice(start, a.length - end);
  const right = b.slice(start, b.length - end);
  const same = (lines: string[]): DiffLine[] => lines.map((text) => ({ kind: 'same', text }));
  return [...same(a.slice(0, start)), ...between(left, right), ...same(a.slice(a.length - end))];
}

function between(left: string[], right: string[]): DiffLine[] {
  if (left.length > MOST_LINES || right.length > MOST_LINES) {
    return [...left.map((text): DiffLine => ({ kind: 'removed', text })), ...right.map((text): DiffLine => ({ kind: 'added', text }))];
  }
  const width = right.length + 1;
  const common = new Uint16Array((left.length + 1) * width);
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      common[i * width + j] =
        left[i] === right[j] ? (common[(i + 1) * width + j + 1] ?? 0) + 1 : Math.max(common[(i + 1) * width + j] ?? 0, common[i * width + j + 1] ?? 0);
    }
  }
  const lines: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length || j < right.length) {
    if (i < left.length && j < right.length && left[i] === right[j]) {
      lines.push({ kind: 'same', text: left[i] ?? '' });
      i++;
      j++;
    } else if (j >= right.length || (i < left.length && (common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0))) {
      lines.push({ kind: 'removed', text: left[i] ?? '' });
      i++;
    } else {
      lines.push({ kind: 'added', text: right[j] ?? '' });
      j++;
    }
  }
  return lines;
}
