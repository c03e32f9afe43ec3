/** What the server answers, as it answers it. Instants are epoch seconds, durations seconds. */

export type Scope = 'read' | 'write' | 'admin';

export interface Session {
  setupNeeded: boolean;
  user: { name: string; scope: Scope; roles: string[] } | null;
  csrf: string | null;
  /** Whether a proxy may have signed the person in already. */
  forwarded: boolean;
  /** What to call the provider one can sign in through. */
  provider: string | null;
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
  /** What its code may do beyond measuring, as far as reading the file shows. */
  asksFor: string[];
  /** What it declares to need of the appliance. */
  needs: string[];
  signer: string | null;
}

/** Somebody whose signature lets plugins in. */
export interface TrustedKey {
  name: string;
  fingerprint: string;
  roles: string[];
  expires: number | null;
  state: 'VALID' | 'EXPIRED' | 'REVOKED';
  file: string;
}

export interface Token {
  name: string;
  scope: string;
  source: string | null;
  owner: string | null;
  created: number;
  expires: number | null;
  lastUsed: number | null;
  formerUntil: number | null;
}

/** Someone signed in; the handle names it and opens nothing. */
export interface OpenSession {
  handle: string;
  user: string;
  origin: string;
  means: string;
  began: number;
  used: number;
}

/** One's own account. */
export interface Account {
  name: string;
  roles: string[];
  secondFactor: boolean;
  recoveryLeft: number;
  sessions: OpenSession[];
}

export interface User {
  name: string;
  roles: string[];
  groups: string[];
  effectiveRoles: string[];
  enabled: boolean;
  secondFactor: boolean;
  provider: string;
  created: number;
  lastSignIn: number | null;
}

export interface Group {
  name: string;
  roles: string[];
  members: string[];
}

export interface SshKey {
  user: string;
  type: string;
  fingerprint: string;
  comment: string;
  added: number;
}
