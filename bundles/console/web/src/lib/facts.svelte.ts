/** What a host is: the facts that node_exporter's info metrics carry. */

import { ApiError, prometheus } from './api';
import { quote } from './charts';
import { number, type LabelSet } from './series';

export interface HostFacts {
  readonly os: string | null;
  readonly kernel: string | null;
  readonly architecture: string | null;
  readonly machine: string | null;
  readonly firmware: string | null;
  readonly cores: number | null;
  readonly cpu: string | null;
  readonly memory: number | null;
  readonly booted: number | null;
}

type Instant = readonly { readonly metric: LabelSet; readonly value: readonly [number, string] }[];

const NAMES = ['node_uname_info', 'node_os_info', 'node_dmi_info', 'node_cpu_info', 'node_memory_MemTotal_bytes', 'node_boot_time_seconds'];

/** Firmware makers leave placeholders where nothing was entered. */
function said(value: string | undefined): string | null {
  return value === undefined || value === '' || /^(to be filled|default string|not specified|system (product|manufacturer)|none|unknown)/i.test(value)
    ? null
    : value;
}

export function readFacts(result: Instant, cores: number | null): HostFacts {
  const labels = (name: string): LabelSet => result.find(({ metric }) => metric['__name__'] === name)?.metric ?? {};
  const amount = (name: string): number | null => {
    const found = result.find(({ metric }) => metric['__name__'] === name);
    return found ? number(found.value[1]) : null;
  };
  const uname = labels('node_uname_info');
  const os = labels('node_os_info');
  const dmi = labels('node_dmi_info');
  return {
    os: said(os['pretty_name'] ?? os['name']) ?? said(uname['sysname']),
    kernel: said(uname['release']),
    architecture: said(uname['machine']),
    machine: [said(dmi['system_vendor']), said(dmi['product_name'])].filter(Boolean).join(' ') || null,
    firmware: [said(dmi['bios_vendor']), said(dmi['bios_version'])].filter(Boolean).join(' ') || null,
    cores,
    cpu: said(labels('node_cpu_info')['model_name']),
    memory: amount('node_memory_MemTotal_bytes'),
    booted: amount('node_boot_time_seconds'),
  };
}

export class Facts {
  /** Null until known; undefined when there is no such host at that time. */
  value = $state.raw<HostFacts | null | undefined>(null);
  problem = $state.raw<string | null>(null);

  async load(instance: string, time: number): Promise<void> {
    const at = String(time);
    const host = `instance=${quote(instance)}`;
    try {
      const [result, cores] = await Promise.all([
        prometheus<Instant>('query', { query: `{__name__=~"${NAMES.join('|')}",${host}}`, time: at }),
        prometheus<Instant>('query', { query: `count(node_cpu_seconds_total{${host},mode="idle"})`, time: at }),
      ]);
      this.value = result.length === 0 ? undefined : readFacts(result, cores[0] ? number(cores[0].value[1]) : null);
      this.problem = null;
    } catch (caught) {
      this.problem = caught instanceof ApiError ? caught.message : String(caught);
    }
  }
}
