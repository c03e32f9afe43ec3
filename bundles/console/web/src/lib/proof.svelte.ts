/** Showing again who one is, when the server wants to know before it changes something that matters. */

import { call, credentials } from './api';
import { confirmByPasskey } from './passkey';

let waiting = $state.raw<((shown: boolean) => void) | null>(null);

export const proof = {
  /** Whether somebody is to be asked at this moment. */
  get asked(): boolean {
    return waiting !== null;
  },
};

/** Asks; whoever asks while a question is open gets its answer. */
let asking: Promise<boolean> | null = null;

credentials.onProofNeeded = () => {
  asking ??= new Promise<boolean>((resolve) => {
    waiting = (shown) => {
      waiting = null;
      asking = null;
      resolve(shown);
    };
  });
  return asking;
};

/** Gives the password or the code; the session goes on under a new id. */
export async function show(given: string): Promise<void> {
  const answer = await call<{ csrf: string }>('POST', '/api/hw/session/confirm', { proof: given });
  credentials.csrf = answer.csrf;
  waiting?.(true);
}

/** Shows a passkey instead. */
export async function showPasskey(): Promise<void> {
  await confirmByPasskey();
  waiting?.(true);
}

export function decline(): void {
  waiting?.(false);
}
