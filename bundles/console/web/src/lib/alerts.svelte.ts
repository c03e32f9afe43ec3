/** Rules, alerts and silences, asked every few seconds while someone looks. */

import { ApiError, ask, call } from './api';
import type { Matcher } from './matchers';
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
}

/** An alert as the routing sees it. */
export interface RoutedAlert {
  labels: LabelSet;
  fingerprint: string;
  status: { state: string; silencedBy: string[]; inhibitedBy: string[] };
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

function words(caught: unknown): string {
  return caught instanceof ApiError ? caught.message : String(caught);
}

export async function refreshAlerts(): Promise<void> {
  const [gotRules, gotAlerts, gotSilences] = await Promise.allSettled([
    ask<{ groups: RuleGroup[] }>('rules'),
    call<RoutedAlert[]>('GET', '/api/v2/alerts'),
    call<Silence[]>('GET', '/api/v2/silences'),
  ]);
  if (gotRules.status === 'fulfilled') groups = gotRules.value.groups;
  problem = gotRules.status === 'rejected' ? words(gotRules.reason) : null;
  routed = gotAlerts.status === 'fulfilled' ? gotAlerts.value : [];
  if (gotSilences.status === 'fulfilled') silences = gotSilences.value;
  silenceProblem = gotSilences.status === 'rejected' ? words(gotSilences.reason) : null;
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

export async function addSilence(matchers: readonly Matcher[], seconds: number, createdBy: string, comment: string, now: number): Promise<void> {
  await call<unknown>('POST', '/api/v2/silences', {
    matchers,
    startsAt: new Date(now * 1000).toISOString(),
    endsAt: new Date((now + seconds) * 1000).toISOString(),
    createdBy,
    comment,
  });
  await refreshAlerts();
}

export async function endSilence(id: string): Promise<void> {
  await call<unknown>('DELETE', `/api/v2/silence/${encodeURIComponent(id)}`);
  await refreshAlerts();
}
