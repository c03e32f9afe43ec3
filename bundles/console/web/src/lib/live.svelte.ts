/**
 * The newest values of whatever is on the screen. One stream carries all visible expressions; what does not fit, or
 * everything when the stream fails, is asked for every few seconds instead.
 */

import { learnClock, prometheus, serverNow } from './api';
import type { LabelSet, VectorSample } from './series';

/** What someone looks at together: all of its expressions arrive with the same moment. */
interface Group {
  readonly expressions: readonly string[];
  readonly listener: Listener;
}

/** The values of a group's expressions, in their order, at one moment. */
export type Listener = (time: number, vectors: readonly (readonly VectorSample[])[]) => void;

const MAX_EXPRESSIONS = 64;
/** Servers limit the length of an address; beyond it expressions are polled. */
const MAX_ADDRESS = 5500;
const EVERY = 5;
const POLL_EVERY = 10;
const STREAM_RETRY = 60;
/** A stream that is silent for so long is broken, even if the browser has not noticed. */
const SILENCE = 30;
const SETTLE_MILLIS = 300;

const groups = new Set<Group>();
let source: EventSource | null = null;
let streamed: ReadonlySet<string> = new Set();
let streamBrokenUntil = 0;
let lastHeard = 0;
let settle: ReturnType<typeof setTimeout> | undefined;
let poll: ReturnType<typeof setInterval> | undefined;
let lastPoll = 0;

let polling = $state(false);
let paused = $state(false);
let beat = $state(0);
let connected = $state(true);

export const live = {
  /** Whether values come by asking because the stream does not work. */
  get polling(): boolean {
    return polling;
  },
  get paused(): boolean {
    return paused;
  },
  /** Counts the moments that arrived. */
  get beat(): number {
    return beat;
  },
  /** Whether the newest question was answered. */
  get connected(): boolean {
    return connected;
  },
};

/** Listens to expressions until the returned function is called. */
export function subscribe(expressions: readonly string[], listener: Listener): () => void {
  const group: Group = { expressions, listener };
  groups.add(group);
  changed();
  return () => {
    groups.delete(group);
    changed();
  };
}

export function setPaused(next: boolean): void {
  paused = next;
  changed();
}

function changed(): void {
  clearTimeout(settle);
  settle = setTimeout(connect, SETTLE_MILLIS);
}

function wanted(): Group[] {
  return paused || document.hidden ? [] : [...groups];
}

/** The expressions of as many whole groups as one address can carry. */
function fitting(candidates: readonly Group[]): Set<string> {
  const chosen = new Set<string>();
  let length = 0;
  for (const { expressions } of candidates) {
    const added = expressions.filter((expr) => !chosen.has(expr));
    const cost = added.reduce((sum, expr) => sum + encodeURIComponent(expr).length + 6, 0);
    if (chosen.size + added.length > MAX_EXPRESSIONS || length + cost > MAX_ADDRESS) continue;
    added.forEach((expr) => chosen.add(expr));
    length += cost;
  }
  return chosen;
}

function isStreamed(group: Group): boolean {
  return group.expressions.every((expr) => streamed.has(expr));
}

function connect(): void {
  const candidates = wanted();
  const next = fitting(candidates);
  const same = source !== null && next.size === streamed.size && [...next].every((expr) => streamed.has(expr));
  if (!same) {
    source?.close();
    source = null;
    streamed = new Set();
    if (next.size > 0 && Date.now() / 1000 >= streamBrokenUntil) open([...next]);
  }
  polling = candidates.length > 0 && source === null;
  clearInterval(poll);
  if (candidates.length > 0) poll = setInterval(() => void tick(), 1000);
}

function open(expressions: string[]): void {
  const query = expressions.map((expr) => `expr=${encodeURIComponent(expr)}`).join('&');
  const opened = new EventSource(`/api/hw/live?every=${EVERY}&${query}`);
  source = opened;
  streamed = new Set(expressions);
  lastHeard = Date.now() / 1000;
  opened.addEventListener('sample', (event) => {
    if (source !== opened) return;
    lastHeard = Date.now() / 1000;
    connected = true;
    accept(String(event.data));
  });
  opened.onerror = () => {
    if (source === opened && opened.readyState === EventSource.CLOSED) broken();
  };
}

function broken(): void {
  source?.close();
  source = null;
  streamed = new Set();
  streamBrokenUntil = Date.now() / 1000 + STREAM_RETRY;
  lastPoll = 0;
  connect();
}

interface LiveSample {
  time: number;
  results: { expr: string; error: string | null; vector: VectorSample[] | null }[];
}

function accept(data: string): void {
  let sample: LiveSample;
  try {
    sample = JSON.parse(data) as LiveSample;
  } catch {
    broken();
    return;
  }
  learnClock(sample.time);
  const vectors = new Map(sample.results.map(({ expr, vector }) => [expr, vector ?? []]));
  for (const group of groups) {
    if (group.expressions.every((expr) => vectors.has(expr))) {
      group.listener(sample.time, group.expressions.map((expr) => vectors.get(expr) ?? []));
    }
  }
  beat++;
}

/** Every second: notices a dead stream, tries a broken one again, and polls what the stream does not carry. */
async function tick(): Promise<void> {
  const now = Date.now() / 1000;
  if (source !== null && now - lastHeard > SILENCE) {
    broken();
    return;
  }
  if (source === null && streamBrokenUntil > 0 && now >= streamBrokenUntil) {
    connect();
    return;
  }
  if (now - lastPoll < POLL_EVERY) return;
  lastPoll = now;
  const missing = wanted().filter((group) => !isStreamed(group));
  if (missing.length === 0) return;
  const time = serverNow();
  const answers = await Promise.allSettled(missing.map((group) => ask(group, time)));
  connected = answers.some((answer) => answer.status === 'fulfilled');
  if (connected && source === null) beat++;
}

async function ask(group: Group, time: number): Promise<void> {
  const vectors = await Promise.all(
    group.expressions.map(async (query) => {
      const result = await prometheus<{ metric: LabelSet; value: [number, string] }[]>('query', { query, time: String(time) });
      return result.map(({ metric, value }) => ({ labels: metric, value: value[1] }));
    }),
  );
  if (!paused && groups.has(group)) group.listener(time, vectors);
}

document.addEventListener('visibilitychange', changed);
