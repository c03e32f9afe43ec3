/** Passkeys: what the browser asks a device for, and what it answers. */

import { call, credentials } from './api';

export interface Passkey {
  name: string;
  host: string;
  synced: boolean;
  added: number;
  lastUsed: number | null;
}

/** Whether this browser can, and is where it may: browsers keep passkeys for names, over HTTPS or on the machine itself. */
export function available(): boolean {
  return window.isSecureContext && 'PublicKeyCredential' in window && 'parseRequestOptionsFromJSON' in PublicKeyCredential && !/^[\d.]+$|:/.test(location.hostname);
}

function json(credential: Credential | null): unknown {
  if (credential === null) throw new Error('The browser gave no passkey.');
  return (credential as PublicKeyCredential).toJSON();
}

/** Has a device prove what it holds. */
export async function prove(options: PublicKeyCredentialRequestOptionsJSON): Promise<unknown> {
  return json(await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }));
}

/** Makes a passkey for whoever is signed in. */
export async function makePasskey(name: string): Promise<void> {
  const options = await call<PublicKeyCredentialCreationOptionsJSON>('POST', '/api/hw/account/passkeys/begin');
  const credential = json(await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }));
  await call<void>('POST', '/api/hw/account/passkeys', { name, credential });
}

/** Signs in; options are those that came in answer to a password, if there was one. */
export async function signInByPasskey(options?: PublicKeyCredentialRequestOptionsJSON): Promise<void> {
  const asked = options ?? (await call<PublicKeyCredentialRequestOptionsJSON>('POST', '/api/hw/sign-in/passkey/begin'));
  await call<void>('POST', '/api/hw/sign-in/passkey', { credential: await prove(asked) });
}

/** Shows again who one is; the session goes on under a new id. */
export async function confirmByPasskey(): Promise<void> {
  const options = await call<PublicKeyCredentialRequestOptionsJSON>('POST', '/api/hw/session/confirm/passkey/begin');
  const answer = await call<{ csrf: string }>('POST', '/api/hw/session/confirm/passkey', { credential: await prove(options) });
  credentials.csrf = answer.csrf;
}
