/** What the server answers, as it answers it. Instants are epoch seconds, durations seconds. */

export type Scope = 'read' | 'write' | 'admin';

export interface Session {
  setupNeeded: boolean;
  user: { name: string; scope: Scope } | null;
  csrf: string | null;
}

export interface Status {
  version: string;
  hostName: string;
  started: number;
  residentBytes: number;
  heapUsedBytes: number;
  heapMaxBytes: number;
  cpuSeconds: number;
  collectors: number;
  failingCollectors: number;
  store: {
    series: number;
    samples: number;
    samplesPerSecond: number;
    memoryBytes: number;
    diskBytes: number;
    oldest: number | null;
    newest: number | null;
    readOnly: string | null;
  } | null;
}

export interface Finding {
  severity: string;
  subject: string;
  problem: string;
  remedy: string;
}

export interface Collector {
  name: string;
  job: string;
  bundle: string;
  state: string;
  interval: number;
  timeout: number;
  lastRun: number | null;
  lastDuration: number | null;
  lastError: string | null;
  series: number;
  refusedSamples: number;
  consecutiveFailures: number;
}

export interface Plugin {
  file: string;
  sha256: string;
  name: string;
  symbolicName: string;
  version: string;
  vendor: string | null;
  state: string;
  reason: string | null;
  since: number;
}

export interface Token {
  name: string;
  scope: string;
  created: number;
  expires: number | null;
  lastUsed: number | null;
}

export interface User {
  name: string;
  scope: string;
  created: number;
  lastSignIn: number | null;
}
