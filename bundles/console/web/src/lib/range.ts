/** The page's time range: its text in the URL, its edges, and the step of its queries. Pure. */

/** Either the newest `seconds`, moving with the clock, or a fixed window. Times are epoch seconds. */
export type Range =
  | { readonly kind: 'last'; readonly seconds: number }
  | { readonly kind: 'fixed'; readonly from: number; readonly to: number };

export interface Edges {
  readonly from: number;
  readonly to: number;
}

export const QUICK = [300, 900, 3600, 21600, 86400, 172800, 604800, 2592000, 7776000, 31536000] as const;
export const MIN_SPAN = 60;
export const MAX_SPAN = 5 * 31536000;
/** The most points Prometheus answers to one range query. */
export const MAX_POINTS = 11000;
/** How often the host is measured; a finer step would only repeat samples. */
export const SCRAPE_INTERVAL = 15;

const UNITS: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86400, w: 604800, y: 31536000 };
const STEPS = [15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400, 172800, 604800];

/** `1h30m` as seconds; undefined when it is no duration. */
export function parseSpan(text: string): number | undefined {
  const clean = text.trim().toLowerCase().replaceAll(/\s+/g, '');
  if (!/^(\d+(\.\d+)?[smhdwy])+$/.test(clean)) return undefined;
  let total = 0;
  for (const [, number, unit] of clean.matchAll(/(\d+(?:\.\d+)?)([smhdwy])/g)) {
    total += Number(number) * (UNITS[unit ?? ''] ?? 0);
  }
  return total;
}

/** Seconds as the shortest exact duration of one unit, such as `90m`; the reverse of {@link parseSpan}. */
export function spanText(seconds: number): string {
  for (const [unit, size] of [
    ['y', 31536000],
    ['d', 86400],
    ['h', 3600],
    ['m', 60],
  ] as const) {
    if (seconds >= size && seconds % size === 0) return `${seconds / size}${unit}`;
  }
  return `${seconds}s`;
}

export function edges(range: Range, now: number): Edges {
  return range.kind === 'last' ? { from: now - range.seconds, to: now } : { from: range.from, to: range.to };
}

export function span(range: Range): number {
  return range.kind === 'last' ? range.seconds : range.to - range.from;
}

/** The range that the URL's parameters name; the fallback where they name none or nonsense. */
export function readRange(parameters: URLSearchParams, fallback: Range): Range {
  const from = Number(parameters.get('from'));
  const to = Number(parameters.get('to'));
  if (Number.isFinite(from) && Number.isFinite(to) && from > 0 && to - from >= 1) return fixed(from, to);
  const seconds = parseSpan(parameters.get('range') ?? '');
  return seconds === undefined ? fallback : last(seconds);
}

export function writeRange(range: Range, parameters: URLSearchParams): void {
  for (const name of ['range', 'from', 'to']) parameters.delete(name);
  if (range.kind === 'fixed') {
    parameters.set('from', String(Math.round(range.from)));
    parameters.set('to', String(Math.round(range.to)));
  } else {
    parameters.set('range', spanText(range.seconds));
  }
}

/** What to show unasked: an hour, or less where there is no hour of measurements yet. */
export function defaultRange(measuredSeconds: number): Range {
  return last(measuredSeconds < 600 ? 300 : measuredSeconds < 2400 ? 900 : 3600);
}

export function last(seconds: number): Range {
  return { kind: 'last', seconds: Math.round(Math.min(MAX_SPAN, Math.max(MIN_SPAN, seconds))) };
}

export function fixed(from: number, to: number): Range {
  const middle = (from + to) / 2;
  const width = Math.min(MAX_SPAN, Math.max(MIN_SPAN, to - from));
  return { kind: 'fixed', from: Math.round(middle - width / 2), to: Math.round(middle + width / 2) };
}

/** Moves by a part of its width; a window that would pass now stops there and stays fixed. */
export function shift(range: Range, part: number, now: number): Range {
  const { from, to } = edges(range, now);
  const width = to - from;
  const target = Math.min(now, to + width * part);
  return fixed(target - width, target);
}

/** Widens (factor above 1) or narrows; a moving range keeps its right edge at now. */
export function zoom(range: Range, factor: number, now: number): Range {
  if (range.kind === 'last') return last(range.seconds * factor);
  const middle = (range.from + range.to) / 2;
  const half = ((range.to - range.from) * factor) / 2;
  const to = Math.min(now, middle + half);
  return fixed(to - 2 * half, to);
}

/** The distance of points so that each has about two pixels, and no query passes {@link MAX_POINTS}. */
export function chooseStep(seconds: number, pixels: number): number {
  const wanted = Math.max(seconds / Math.max(100, pixels / 2), seconds / (MAX_POINTS - 1));
  return STEPS.find((step) => step >= wanted) ?? Math.ceil(seconds / 1000);
}

/** The window for `rate`: at least four measurements, and never less than the step, so that nothing falls between points. */
export function rateWindow(step: number): string {
  return spanText(Math.max(4 * SCRAPE_INTERVAL, step));
}

/**
 * Reads what a person types: `2h`, `2h ago`, `yesterday`, `today`, `14:00`, `2026-11-21 14:00`, or two of them
 * joined by `to`. Undefined when it cannot be read.
 */
export function parseTyped(text: string, now: number): Range | undefined {
  const clean = text.trim().toLowerCase();
  if (clean === '') return undefined;
  const sides = clean.split(/\s+(?:to|until|–|—)\s+|\s+-\s+/);
  if (sides.length === 1) {
    const bare = parseSpan(clean.replace(/^last\s+/, ''));
    if (bare !== undefined) return bare > 0 ? last(bare) : undefined;
    if (clean === 'yesterday') return fixed(midnight(now, -1), midnight(now, 0));
    const from = parseMoment(clean, now);
    return from === undefined || from >= now ? undefined : fixed(from, now);
  }
  if (sides.length !== 2) return undefined;
  const from = parseMoment(sides[0] ?? '', now);
  const to = parseMoment(sides[1] ?? '', now);
  return from === undefined || to === undefined || to <= from ? undefined : fixed(from, to);
}

function midnight(now: number, days: number): number {
  const date = new Date(now * 1000);
  date.setHours(0, 0, 0, 0);
  date.setDate(date.getDate() + days);
  return date.getTime() / 1000;
}

function parseMoment(text: string, now: number): number | undefined {
  const clean = text.trim();
  if (clean === 'now') return now;
  const past = /^(.+?)\s+ago$/.exec(clean);
  if (past) {
    const seconds = parseSpan(past[1] ?? '');
    return seconds === undefined ? undefined : now - seconds;
  }
  const day = /^(today|yesterday)?\s*(?:(\d{1,2}):(\d{2}))?$/.exec(clean);
  if (day && clean !== '') {
    const start = midnight(now, day[1] === 'yesterday' ? -1 : 0);
    const hours = Number(day[2] ?? 0);
    const minutes = Number(day[3] ?? 0);
    return hours > 23 || minutes > 59 ? undefined : start + hours * 3600 + minutes * 60;
  }
  const stamp = /^(\d{4})-(\d{2})-(\d{2})(?:[t ](\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(clean);
  if (!stamp) return undefined;
  const [, year, month, date, hour, minute, second] = stamp.map((part) => Number(part ?? 0));
  const moment = new Date(year ?? 0, (month ?? 1) - 1, date, hour, minute, second).getTime() / 1000;
  return Number.isFinite(moment) ? moment : undefined;
}
