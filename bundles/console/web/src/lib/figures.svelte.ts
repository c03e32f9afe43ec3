/** The figures of every host at once: now, and over the last hour. */

import { ApiError, prometheus, serverNow } from './api';
import { FILESYSTEM, NIC } from './charts';
import { subscribe } from './live.svelte';
import { align, grid, number, type LabelSet, type RangeSeries, type VectorSample } from './series';

export type Figure = 'cpu' | 'memory' | 'disk' | 'network';

export interface HostFigures {
  readonly now: Readonly<Partial<Record<Figure, number>>>;
  readonly hour: Readonly<Partial<Record<Figure, readonly (number | null)[]>>>;
  readonly fullest: string | null;
  readonly uptime: number | null;
  readonly os: string | null;
}

export const NO_FIGURES: HostFigures = { now: {}, hour: {}, fullest: null, uptime: null, os: null };

const USED = `100 * (1 - node_filesystem_avail_bytes{${FILESYSTEM}} / node_filesystem_size_bytes{${FILESYSTEM}})`;

const EXPRESSIONS: readonly (readonly [Figure, string])[] = [
  ['cpu', '100 * (1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[1m])))'],
  ['memory', '100 * (1 - sum by (instance) (node_memory_MemAvailable_bytes) / sum by (instance) (node_memory_MemTotal_bytes))'],
  ['disk', `max by (instance) (${USED})`],
  [
    'network',
    `8 * (sum by (instance) (rate(node_network_receive_bytes_total{${NIC}}[1m])) + sum by (instance) (rate(node_network_transmit_bytes_total{${NIC}}[1m])))`,
  ],
];

const HOUR = 3600;
const STEP = 60;

export class Figures {
  hosts = $state.raw<ReadonlyMap<string, HostFigures>>(new Map());
  loaded = $state(false);
  problem = $state.raw<string | null>(null);

  /** Keeps the figures fresh until the returned function is called. */
  watch(): () => void {
    void this.load();
    const timer = setInterval(() => {
      if (!document.hidden) void this.load();
    }, STEP * 1000);
    const unsubscribe = subscribe(
      EXPRESSIONS.map(([, expr]) => expr),
      (_, vectors) => this.accept(vectors),
    );
    return () => {
      clearInterval(timer);
      unsubscribe();
    };
  }

  private accept(vectors: readonly (readonly VectorSample[])[]): void {
    if (!this.loaded) return;
    const next = new Map(this.hosts);
    vectors.forEach((vector, at) => {
      const figure = EXPRESSIONS[at]?.[0];
      for (const { labels, value } of vector) {
        const host = next.get(labels['instance'] ?? '');
        const amount = number(value);
        if (host && figure && amount !== null) next.set(labels['instance'] ?? '', { ...host, now: { ...host.now, [figure]: amount } });
      }
    });
    this.hosts = next;
  }

  async load(): Promise<void> {
    const end = Math.floor(serverNow() / STEP) * STEP;
    const start = end - HOUR;
    const at = String(serverNow());
    type Instant = { metric: LabelSet; value: [number, string] }[];
    try {
      const [ranges, instants, fullest, uptime, os] = await Promise.all([
        Promise.all(
          EXPRESSIONS.map(([, query]) =>
            prometheus<RangeSeries[]>('query_range', { query, start: String(start), end: String(end), step: String(STEP) }),
          ),
        ),
        Promise.all(EXPRESSIONS.map(([, query]) => prometheus<Instant>('query', { query, time: at }))),
        prometheus<Instant>('query', { query: `topk by (instance) (1, ${USED})`, time: at }),
        prometheus<Instant>('query', { query: 'node_time_seconds - node_boot_time_seconds', time: at }),
        prometheus<Instant>('query', { query: 'node_os_info', time: at }),
      ]);
      const hosts = new Map<string, HostFigures>();
      const change = (labels: LabelSet, update: (host: HostFigures) => HostFigures): void => {
        const instance = labels['instance'] ?? '';
        hosts.set(instance, update(hosts.get(instance) ?? NO_FIGURES));
      };
      const times = grid(start, end, STEP);
      ranges.forEach((series, index) => {
        const figure = EXPRESSIONS[index]?.[0] ?? 'cpu';
        for (const one of series) {
          const values = align([{ legend: '{{instance}}', series: [one] }], times, STEP).lines[0]?.values ?? [];
          change(one.metric, (host) => ({ ...host, hour: { ...host.hour, [figure]: values } }));
        }
      });
      instants.forEach((vector, index) => {
        const figure = EXPRESSIONS[index]?.[0] ?? 'cpu';
        for (const { metric, value } of vector) {
          const amount = number(value[1]);
          if (amount !== null) change(metric, (host) => ({ ...host, now: { ...host.now, [figure]: amount } }));
        }
      });
      for (const { metric } of fullest) change(metric, (host) => ({ ...host, fullest: metric['mountpoint'] ?? null }));
      for (const { metric, value } of uptime) change(metric, (host) => ({ ...host, uptime: number(value[1]) }));
      for (const { metric } of os) change(metric, (host) => ({ ...host, os: metric['pretty_name'] ?? metric['name'] ?? null }));
      this.hosts = hosts;
      this.loaded = true;
      this.problem = null;
    } catch (caught) {
      this.problem = caught instanceof ApiError ? caught.message : String(caught);
    }
  }
}
