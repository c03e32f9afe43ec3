/** Short notes at the edge of the screen: what was done, or what failed. */

export interface Message {
  readonly id: number;
  readonly kind: 'done' | 'failed';
  readonly text: string;
}

const SHOWN_MILLIS = 6000;

let next = 0;
let list = $state.raw<readonly Message[]>([]);

export const messages = {
  get list(): readonly Message[] {
    return list;
  },
};

export function say(kind: Message['kind'], text: string): void {
  const message = { id: next++, kind, text };
  list = [...list.slice(-3), message];
  setTimeout(() => dismiss(message.id), SHOWN_MILLIS);
}

export function dismiss(id: number): void {
  list = list.filter((message) => message.id !== id);
}
