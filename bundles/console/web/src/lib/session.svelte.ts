/** Who is signed in. */

import { ApiError, call, credentials } from './api';
import type { Scope, Session } from './model';
import { signInByPasskey } from './passkey';

const ORDER: readonly Scope[] = ['read', 'write', 'admin'];

let current = $state.raw<Session | null>(null);
let problem = $state.raw<ApiError | null>(null);
let ended = $state(false);

export const session = {
  /** Null until the server has answered. */
  get current(): Session | null {
    return current;
  },
  get problem(): ApiError | null {
    return problem;
  },
  /** Whether this page was signed in and no longer is. */
  get ended(): boolean {
    return ended;
  },
  has(...roles: string[]): boolean {
    return current?.user?.roles.some((role) => roles.includes(role)) ?? false;
  },
  may(scope: Scope): boolean {
    const user = current?.user;
    return user !== null && user !== undefined && ORDER.indexOf(user.scope) >= ORDER.indexOf(scope);
  },
};

function accept(next: Session): void {
  credentials.csrf = next.csrf;
  current = next;
}

export async function loadSession(): Promise<void> {
  problem = null;
  try {
    accept(await call<Session>('GET', '/api/hw/session'));
  } catch (caught) {
    problem = caught instanceof ApiError ? caught : new ApiError(0, String(caught));
  }
}

/** What is still wanted after a right password; the passkey is there if it may be used. */
export interface NextStep {
  next: 'code' | 'passkey';
  passkey?: PublicKeyCredentialRequestOptionsJSON;
}

/** Signs in; null if that was all. */
export async function signIn(user: string, password: string, code?: string): Promise<NextStep | null> {
  const answer = await call<NextStep | undefined>('POST', '/api/hw/sign-in', code === undefined ? { user, password } : { user, password, code });
  if (answer !== undefined) return answer;
  ended = false;
  await loadSession();
  return null;
}

/** Signs in with a passkey, instead of a password or after it. */
export async function signInWithPasskey(options?: PublicKeyCredentialRequestOptionsJSON): Promise<void> {
  await signInByPasskey(options);
  ended = false;
  await loadSession();
}

/** Signs in as whom the proxy in front names. */
export async function signInForwarded(): Promise<void> {
  await call<void>('POST', '/api/hw/sign-in/forwarded');
  ended = false;
  await loadSession();
}

export async function setUp(code: string, user: string, password: string): Promise<void> {
  await call<void>('POST', '/api/hw/setup', { code, user, password });
  await loadSession();
}

export async function signOut(): Promise<void> {
  await call<void>('POST', '/api/hw/sign-out');
  await loadSession();
}

credentials.onUnauthorised = () => {
  if (current?.user) {
    ended = true;
    accept({ ...current, user: null, csrf: null });
  }
};
