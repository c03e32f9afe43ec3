/** The one way to the server: JSON in and out, the session's CSRF token on what changes something, errors in words. */

import { t } from './text';

export class ApiError extends Error {
  /** @param status 0 when there was no answer at all */
  constructor(
    readonly status: number,
    message: string,
    readonly retryAfter: number | undefined = undefined,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

/** What to tell people of something that was thrown. */
export function reason(caught: unknown): string {
  return caught instanceof Error ? caught.message : String(caught);
}

/** What the transport must know of the session, and whom it tells that the session is over. */
export const credentials: {
  csrf: string | null;
  onUnauthorised: () => void;
  /** Asks the person to show who they are; whether they did. */
  onProofNeeded: () => Promise<boolean>;
} = {
  csrf: null,
  onUnauthorised: () => {},
  onProofNeeded: () => Promise.resolve(false),
};

/** The same request passes once the person has shown again who they are. */
const PROOF_NEEDED = 428;

let offset = 0;

/** The server's clock in epoch seconds, so that a browser with a wrong clock still asks for the right window. */
export function serverNow(): number {
  return Date.now() / 1000 + offset;
}

/** Learns the server's clock from a moment it has just named. A second of difference is noise, not a wrong clock. */
export function learnClock(serverSeconds: number): void {
  const difference = serverSeconds - Date.now() / 1000;
  if (Math.abs(difference - offset) > 2) offset = Math.abs(difference) > 2 ? difference : 0;
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

async function send(method: Method, path: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('Accept', 'application/json');
  if (method !== 'GET' && credentials.csrf !== null) headers.set('X-CSRF-Token', credentials.csrf);
  try {
    const response = await fetch(path, { ...init, method, headers, credentials: 'same-origin', cache: 'no-store' });
    const date = Date.parse(response.headers.get('Date') ?? '');
    if (Number.isFinite(date)) learnClock(date / 1000);
    return response;
  } catch (problem) {
    if (problem instanceof DOMException && problem.name === 'AbortError') throw problem;
    throw new ApiError(0, t.errors.unreachable);
  }
}

async function failure(response: Response): Promise<ApiError> {
  const retryAfter = Number(response.headers.get('Retry-After') ?? 'NaN');
  let message: unknown;
  try {
    const answer = (await response.json()) as { error?: unknown } | string;
    // Alertmanager's API answers with the sentence alone.
    message = typeof answer === 'string' ? answer : answer.error;
  } catch {
    message = undefined;
  }
  const fallback = response.status === 403 ? t.errors.forbidden : t.errors.unexpected(response.status);
  return new ApiError(
    response.status,
    typeof message === 'string' && message !== '' ? message : fallback,
    Number.isFinite(retryAfter) ? retryAfter : undefined,
  );
}

/** Sends a request to our own API. A 401 also ends the session in this page, except where signing in is what was asked. */
async function ours(method: Method, path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
  const init: RequestInit = signal ? { signal } : {};
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { 'Content-Type': 'application/json' };
  }
  let response = await send(method, path, init);
  if (response.status === PROOF_NEEDED && (await credentials.onProofNeeded())) response = await send(method, path, init);
  if (!response.ok) {
    const problem = await failure(response);
    if (response.status === 401 && !path.startsWith('/api/hw/sign-in')) credentials.onUnauthorised();
    throw problem;
  }
  return response;
}

/** Asks our own API for JSON. */
export async function call<T>(method: Method, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const response = await ours(method, path, body, signal);
  const text = await response.text();
  if (text === '') return undefined as T;
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new ApiError(response.status, t.errors.unexpected(response.status));
  }
}

/** Asks our own API for a file, which the browser keeps where it keeps downloads. */
export async function download(method: Method, path: string, name: string, body?: unknown): Promise<void> {
  const address = URL.createObjectURL(await (await ours(method, path, body)).blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

interface PrometheusAnswer<T> {
  status: 'success' | 'error';
  data?: T;
  error?: string;
}

/** Asks the Prometheus API by form, since expressions can outgrow an address. */
export async function prometheus<T>(endpoint: 'query' | 'query_range', form: Record<string, string>, signal?: AbortSignal): Promise<T> {
  const init: RequestInit = { body: new URLSearchParams(form) };
  if (signal) init.signal = signal;
  return (await unwrap<{ result: T }>(await send('POST', `/api/v1/${endpoint}`, init))).result;
}

/** Asks the Prometheus API for one of its lists. */
export async function ask<T>(endpoint: 'rules'): Promise<T> {
  return unwrap<T>(await send('GET', `/api/v1/${endpoint}`, {}));
}

async function unwrap<T>(response: Response): Promise<T> {
  if (response.status === 401) {
    credentials.onUnauthorised();
    throw await failure(response);
  }
  let answer: PrometheusAnswer<T>;
  try {
    answer = (await response.json()) as PrometheusAnswer<T>;
  } catch {
    throw new ApiError(response.status, t.errors.unexpected(response.status));
  }
  if (answer.status !== 'success' || !answer.data) {
    throw new ApiError(response.status, answer.error ?? t.errors.unexpected(response.status));
  }
  return answer.data;
}
