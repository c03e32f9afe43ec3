/** The appliance's own state, asked every few seconds while someone looks: status, findings, alerts, collectors and hosts. */

import type { RoutedAlert } from './alerts.svelte';
import { call, prometheus, serverNow, type ApiError } from './api';
import { calling } from './firing';
import type { Collector, Finding, Status } from './model';
import type { LabelSet } from './series';

export interface Host {
  readonly instance: string;
  readonly uname: LabelSet;
}

const EVERY_MILLIS = 10_000;

let status = $state.raw<Status | null>(null);
let findings = $state.raw<Finding[] | null>(null);
/** The alerts that call, the worst first. */
let alerts = $state.raw<RoutedAlert[] | null>(null);
let collectors = $state.raw<Collector[] | null>(null);
let hosts = $state.raw<Host[] | null>(null);
let problem = $state.raw<ApiError | null>(null);
let now = $state(serverNow());

export const appliance = {
  get status(): Status | null {
    return status;
  },
  get findings(): Finding[] | null {
    return findings;
  },
  /** Those nobody has silenced or looks after, the worst first; null until known. */
  get alerts(): RoutedAlert[] | null {
    return alerts;
  },
  get collectors(): Collector[] | null {
    return collectors;
  },
  /** Null until known. The appliance's own machine comes first, the others by name. */
  get hosts(): Host[] | null {
    return hosts;
  },
  get problem(): ApiError | null {
    return problem;
  },
  /** The server's clock, moving with each refresh. */
  get now(): number {
    return now;
  },
};

async function readHosts(): Promise<Host[]> {
  const result = await prometheus<{ metric: LabelSet }[]>('query', {
    query: 'node_uname_info',
    time: String(serverNow()),
  });
  const own = status?.hostName;
  return result
    .map(({ metric }) => ({ instance: metric['instance'] ?? metric['nodename'] ?? '', uname: metric }))
    .filter(({ instance }, at, all) => instance !== '' && all.findIndex((other) => other.instance === instance) === at)
    .sort((a, b) => Number(b.instance === own) - Number(a.instance === own) || a.instance.localeCompare(b.instance));
}

/** Only replaces what has changed, so that nothing on the page is drawn anew for nothing. */
function changed<T>(before: T, after: T): boolean {
  return JSON.stringify(before) !== JSON.stringify(after);
}

export async function refresh(): Promise<void> {
  const [gotStatus, gotFindings, gotAlerts, gotCollectors] = await Promise.allSettled([
    call<Status>('GET', '/api/hw/status'),
    call<Finding[]>('GET', '/api/hw/doctor'),
    call<RoutedAlert[]>('GET', '/api/hw/alerts'),
    call<Collector[]>('GET', '/api/hw/collectors'),
  ]);
  if (gotStatus.status === 'fulfilled') status = gotStatus.value;
  if (gotFindings.status === 'fulfilled' && changed(findings, gotFindings.value)) findings = gotFindings.value;
  if (gotAlerts.status === 'fulfilled') {
    const next = calling(gotAlerts.value);
    if (changed(alerts, next)) alerts = next;
  }
  if (gotCollectors.status === 'fulfilled' && changed(collectors, gotCollectors.value)) collectors = gotCollectors.value;
  const failed = [gotStatus, gotFindings, gotAlerts, gotCollectors].find((result) => result.status === 'rejected');
  problem = failed?.status === 'rejected' ? (failed.reason as ApiError) : null;
  try {
    const next = await readHosts();
    if (changed(hosts, next)) hosts = next;
  } catch (caught) {
    problem ??= caught as ApiError;
  }
  now = serverNow();
}

/** Refreshes while the page is visible, until the returned function is called. */
export function watchAppliance(): () => void {
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const loop = async (): Promise<void> => {
    clearTimeout(timer);
    if (stopped) return;
    if (!document.hidden) await refresh();
    if (!stopped) timer = setTimeout(() => void loop(), hosts?.length === 0 ? 2000 : EVERY_MILLIS);
  };
  const onVisible = (): void => {
    if (!document.hidden) void loop();
  };
  document.addEventListener('visibilitychange', onVisible);
  void loop();
  return () => {
    stopped = true;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', onVisible);
    status = findings = alerts = collectors = hosts = null;
  };
}
