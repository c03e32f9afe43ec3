/** Something asked of the server: not known yet, known, or the reason why not. */

import { call, reason } from './api';

/** What can be shown of it. */
export interface Known<T> {
  readonly value: T | null;
  readonly problem: string | null;
  readonly load: () => Promise<void>;
}

export class Resource<T> implements Known<T> {
  /** Null until known; what was known stays when asking again fails. */
  value = $state.raw<T | null>(null);
  problem = $state.raw<string | null>(null);
  private readonly path: () => string;
  private asked = 0;

  /** @param path may use state: {@link load} asks for what it is then */
  constructor(path: string | (() => string)) {
    this.path = typeof path === 'string' ? () => path : path;
  }

  load = async (): Promise<void> => {
    const number = ++this.asked;
    try {
      const value = await call<T>('GET', this.path());
      if (number !== this.asked) return;
      this.value = value;
      this.problem = null;
    } catch (caught) {
      if (number === this.asked) this.problem = reason(caught);
    }
  };
}
