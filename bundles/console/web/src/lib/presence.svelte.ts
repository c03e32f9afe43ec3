/** Which of the metrics that charts need a host has. */

import { ApiError, prometheus, serverNow } from './api';
import { neededMetrics, quote } from './charts';

export class Presence {
  /** Null until known. */
  metrics = $state.raw<ReadonlySet<string> | null>(null);
  problem = $state.raw<string | null>(null);

  /** Asks for what was there at a moment; a former answer stays until the new one has come. */
  async load(instance: string, time = serverNow()): Promise<void> {
    const query = `count by (__name__) ({__name__=~"${neededMetrics().join('|')}",instance=${quote(instance)}})`;
    try {
      const result = await prometheus<{ metric: { __name__?: string } }[]>('query', { query, time: String(time) });
      this.metrics = new Set(result.map(({ metric }) => metric.__name__ ?? ''));
      this.problem = null;
    } catch (caught) {
      this.problem = caught instanceof ApiError ? caught.message : String(caught);
    }
  }
}
