import { say } from './messages.svelte';
import { t } from './text';

/** Copies a text; false, with a note, where the browser refuses (it does on plain HTTP from elsewhere). */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    say('failed', t.copyFailed);
    return false;
  }
}
