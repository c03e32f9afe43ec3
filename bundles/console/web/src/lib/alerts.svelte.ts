/** Rules, alerts and silences, asked every few seconds while someone looks. */

import { ask, call, reason } from './api';
import { exactly, type Matcher } from './matchers';
import type { LabelSet } from './series';

export interface Alert {
  labels: LabelSet;
  annotations: LabelSet;
  state: 'firing' | 'pending';
  activeAt: string;
  value: string;
}

export interface Rule {
  type: 'alerting' | 'recording';
  name: string;
  query: string;
  duration?: number;
  state?: 'firing' | 'pending' | 'inactive' | 'unknown';
  health: 'ok' | 'err' | 'unknown';
  lastError?: string;
  lastEvaluation: string;
  evaluationTime: number;
  labels?: LabelSet;
  alerts?: Alert[];
}

export interface RuleGroup {
  name: string;
  file: string;
  interval: number;
  rules: Rule[];
}

export interface Silence {
  id: string;
  matchers: Matcher[];
  startsAt: string;
  endsAt: string;
  createdBy: string;
  comment: string;
  status: { state: 'active' | 'pending' | 'expired' };
  window?: SilenceWindow;
}

/** An alert as those see it who tell people of it. */
export interface RoutedAlert {
  fingerprint: string;
  labels: LabelSet;
  annotations: LabelSet;
  startsAt: number;
  receivers: string[];
  silencedBy: string[];
  inhibitedBy: string[];
  mutedBy: string[];
  acknowledgement: { by: string; comment: string; at: number; until: number | null } | null;
}

/** Times that come again, in which a silence holds. */
export interface SilenceWindow {
  days: string[];
  from: string;
  to: string;
  zone: string;
}

const EVERY_MILLIS = 5000;

let groups = $state.raw<RuleGroup[] | null>(null);
let routed = $state.raw<RoutedAlert[]>([]);
let silences = $state.raw<Silence[] | null>(null);
let problem = $state.raw<string | null>(null);
let silenceProblem = $state.raw<string | null>(null);

export const alerting = {
  /** Null until known. */
  get groups(): RuleGroup[] | null {
    return groups;
  },
  get routed(): RoutedAlert[] {
    return routed;
  },
  /** Null until known. */
  get silences(): Silence[] | null {
    return silences;
  },
  get problem(): string | null {
    return problem;
  },
  get silenceProblem(): string | null {
    return silenceProblem;
  },
};

export async function refreshAlerts(): Promise<void> {
  const [gotRules, gotAlerts, gotSilences] = await Promise.allSettled([
    ask<{ groups: RuleGroup[] }>('rules'),
    call<RoutedAlert[]>('GET', '/api/hw/alerts'),
    call<Silence[]>('GET', '/api/v2/silences'),
  ]);
  if (gotRules.status === 'fulfilled') groups = gotRules.value.groups;
  problem = gotRules.status === 'rejected' ? reason(gotRules.reason) : null;
  routed = gotAlerts.status === 'fulfilled' ? gotAlerts.value : [];
  if (gotSilences.status === 'fulfilled') silences = gotSilences.value;
  silenceProblem = gotSilences.status === 'rejected' ? reason(gotSilences.reason) : null;
}

/** Refreshes while the page is visible, until the returned function is called. */
export function watchAlerts(): () => void {
  void refreshAlerts();
  const timer = setInterval(() => {
    if (!document.hidden) void refreshAlerts();
  }, EVERY_MILLIS);
  return () => clearInterval(timer);
}

/** How the routing treats an alert; undefined before it has heard of it. */
export function routedAs(alert: Alert): RoutedAlert | undefined {
  const labels = Object.entries(alert.labels);
  return routed.find((candidate) => labels.every(([name, value]) => candidate.labels[name] === value));
}

export async function addSilence(matchers: readonly Matcher[], seconds: number, createdBy: string, comment: string, now: number, window?: SilenceWindow): Promise<void> {
  await call<unknown>('POST', '/api/v2/silences', {
    matchers,
    startsAt: new Date(now * 1000).toISOString(),
    endsAt: new Date((now + seconds) * 1000).toISOString(),
    createdBy,
    comment,
    ...(window === undefined ? {} : { window }),
  });
  await refreshAlerts();
}

/** Says that the one who is signed in looks after the alerts with these very labels. */
export async function acknowledge(labels: LabelSet, comment: string, lasting: string): Promise<void> {
  await call<unknown>('POST', '/api/hw/alerts/acknowledge', { matchers: exactly(labels), comment, lasting: lasting === '' ? null : lasting });
  await refreshAlerts();
}

export async function endSilence(id: string): Promise<void> {
  await call<unknown>('DELETE', `/api/v2/silence/${encodeURIComponent(id)}`);
  await refreshAlerts();
}
