/** The data behind one chart: asked once for the range, then moved along by the live stream. */

import { ApiError, prometheus, serverNow } from './api';
import { fill, type Chart } from './charts';
import { live, subscribe } from './live.svelte';
import { edges, span, type Range } from './range';
import { advance, align, grid, type Frame, type RangeSeries } from './series';

export interface Window {
  readonly from: number;
  readonly to: number;
}

export interface Asked {
  readonly chart: Chart;
  readonly instance: string;
  readonly range: Range;
  readonly step: number;
}

/** A live frame may miss this many steps before it is asked for anew. */
const TOLERATED_STEPS = 3;

export class ChartData {
  frame = $state.raw<Frame | null>(null);
  view = $state.raw<Window>({ from: 0, to: 1 });
  problem = $state.raw<string | null>(null);
  loading = $state(false);

  private asked: Asked | null = null;
  private controller: AbortController | null = null;
  private unsubscribe: (() => void) | null = null;

  /** Shows what is asked for, and keeps it moving; cheap when it is shown already. */
  show(next: Asked): void {
    const same = this.asked !== null && this.frame !== null && sameQuestion(this.asked, next);
    this.asked = next;
    if (!same || this.isStale()) void this.load();
    this.follow();
  }

  /** Stops moving; what was drawn stays. */
  rest(): void {
    this.controller?.abort();
    this.controller = null;
    this.unsubscribe?.();
    this.unsubscribe = null;
  }

  /** The expressions as they are asked. */
  expressions(): string[] {
    const { asked } = this;
    return asked ? asked.chart.queries.map(({ expr }) => fill(expr, asked.instance, asked.step)) : [];
  }

  async load(): Promise<void> {
    const { asked } = this;
    if (!asked) return;
    this.controller?.abort();
    const controller = new AbortController();
    this.controller = controller;
    this.loading = true;
    const view = edges(asked.range, serverNow());
    const start = Math.floor(view.from / asked.step) * asked.step;
    const end = Math.floor(view.to / asked.step) * asked.step;
    try {
      const answers = await Promise.all(
        this.expressions().map((query) =>
          prometheus<RangeSeries[]>(
            'query_range',
            { query, start: String(start), end: String(end), step: String(asked.step) },
            controller.signal,
          ),
        ),
      );
      this.frame = align(
        answers.map((series, at) => ({ series, ...described(asked.chart, at) })),
        grid(start, end, asked.step),
        asked.step,
      );
      this.view = view;
      this.problem = null;
    } catch (caught) {
      if (controller.signal.aborted) return;
      this.problem = caught instanceof ApiError ? caught.message : String(caught);
    } finally {
      if (this.controller === controller) this.loading = false;
    }
  }

  private follow(): void {
    const { asked } = this;
    this.unsubscribe?.();
    this.unsubscribe = null;
    if (!asked || asked.range.kind !== 'last') return;
    this.unsubscribe = subscribe(this.expressions(), (time, vectors) => {
      const { frame } = this;
      if (!frame || this.loading || live.paused) return;
      const begun = frame.lines.length === 0 && vectors.some((vector) => vector.length > 0);
      if (begun || this.isStale(time)) {
        void this.load();
        return;
      }
      this.frame = advance(
        frame,
        time,
        vectors.map((vector, at) => ({ vector, ...described(asked.chart, at) })),
        asked.step,
        time - span(asked.range),
      );
      this.view = { from: time - span(asked.range), to: time };
      this.problem = null;
    });
  }

  private isStale(now = serverNow()): boolean {
    if (this.problem !== null) return true;
    if (this.asked?.range.kind !== 'last' || live.paused) return false;
    const newest = this.frame?.times.at(-1);
    return newest === undefined || now - newest > TOLERATED_STEPS * this.asked.step;
  }
}

function described(chart: Chart, at: number): { legend: string; sign: 1 | -1 } {
  const query = chart.queries[at];
  return { legend: query?.legend ?? '', sign: query?.down ? -1 : 1 };
}

function sameQuestion(a: Asked, b: Asked): boolean {
  return (
    a.chart === b.chart &&
    a.instance === b.instance &&
    a.step === b.step &&
    JSON.stringify(a.range) === JSON.stringify(b.range)
  );
}
