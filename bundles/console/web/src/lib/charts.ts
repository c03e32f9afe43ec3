/**
 * The charts, as data: what each shows, in which unit, by which PromQL on node_exporter's names. A host measured by
 * us and one measured by node_exporter therefore look the same.
 *
 * In an expression `$host` stands for the matcher of the host and `$rate` for the window of `rate`.
 */

import { rateWindow, spanText } from './range';
import type { Unit } from './format';

export interface Query {
  readonly expr: string;
  /** Name of each line; `{{label}}` is filled in, `{{a|b}}` takes the first that is there. */
  readonly legend: string;
  /** Drawn below zero: the other direction of something that flows both ways. */
  readonly down?: boolean;
}

export interface Chart {
  readonly id: string;
  readonly title: string;
  readonly unit: Unit;
  readonly queries: readonly Query[];
  readonly form?: 'line' | 'area' | 'stack';
  /** The top of the axis is at least this. */
  readonly top?: number;
  /** The axis need not begin at zero: temperatures, frequencies, offsets. */
  readonly floating?: boolean;
  /** Lines whose colour carries a meaning that is the same everywhere. */
  readonly colours?: Readonly<Record<string, number>>;
  /** Lines drawn as a dashed limit. */
  readonly limits?: readonly string[];
  /** Metrics of which one must exist; those of the queries where it says nothing. */
  readonly needs: readonly string[];
  /** Takes the whole width. */
  readonly wide?: boolean;
}

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly charts: readonly Chart[];
}

/** Interfaces that carry someone's traffic; the loopback and container ends would only double it. */
export const NIC = 'device!~"lo|veth.*|docker.*|br-.*|virbr.*|fwbr.*|fwln.*|fwpr.*|tap.*|cali.*|flannel.*"';
/** Whole disks; partitions are not reported, and loop, ram and zram devices are no disks. */
const DISK = 'device!~"loop.*|ram.*|zram.*|fd.*|sr.*|nbd.*"';
/** Filesystems that hold data. */
export const FILESYSTEM = 'fstype!~"tmpfs|devtmpfs|ramfs|overlay|squashfs|iso9660|nsfs|autofs|fuse.lxcfs|efivarfs|erofs",mountpoint!~"/(dev|proc|sys|run)($|/.*)"';

const MODES = { user: 0, system: 1, iowait: 6, nice: 4, irq: 5, softirq: 3, steal: 8, guest: 7, guest_nice: 9 };

const cpuModes: Chart = {
  id: 'cpu',
  title: 'CPU usage',
  unit: 'percent',
  form: 'stack',
  top: 10,
  needs: ['node_cpu_seconds_total'],
  colours: MODES,
  queries: [
    { expr: '100 * avg by (mode) (rate(node_cpu_seconds_total{$host,mode!="idle"}[$rate]))', legend: '{{mode}}' },
  ],
};

const load: Chart = {
  id: 'load',
  title: 'Load',
  unit: 'number',
  needs: ['node_load1'],
  colours: { '1 min': 0, '5 min': 2, '15 min': 3, cores: 8 },
  limits: ['cores'],
  queries: [
    { expr: 'node_load1{$host}', legend: '1 min' },
    { expr: 'node_load5{$host}', legend: '5 min' },
    { expr: 'node_load15{$host}', legend: '15 min' },
    { expr: 'count(node_cpu_seconds_total{$host,mode="idle"})', legend: 'cores' },
  ],
};

const memory: Chart = {
  id: 'memory',
  title: 'Memory usage',
  unit: 'bytes',
  form: 'stack',
  needs: ['node_memory_MemTotal_bytes'],
  colours: { used: 3, cache: 4, free: 2 },
  queries: [
    {
      expr: 'node_memory_MemTotal_bytes{$host} - node_memory_MemFree_bytes{$host} - node_memory_Cached_bytes{$host} - node_memory_Buffers_bytes{$host} - node_memory_SReclaimable_bytes{$host}',
      legend: 'used',
    },
    {
      expr: 'node_memory_Cached_bytes{$host} + node_memory_Buffers_bytes{$host} + node_memory_SReclaimable_bytes{$host}',
      legend: 'cache',
    },
    { expr: 'node_memory_MemFree_bytes{$host}', legend: 'free' },
  ],
};

const diskBytes: Chart = {
  id: 'disk-bytes',
  title: 'Disk throughput',
  unit: 'bytesPerSecond',
  form: 'area',
  needs: ['node_disk_read_bytes_total'],
  queries: [
    { expr: `rate(node_disk_read_bytes_total{$host,${DISK}}[$rate])`, legend: '{{device}} read' },
    { expr: `rate(node_disk_written_bytes_total{$host,${DISK}}[$rate])`, legend: '{{device}} write', down: true },
  ],
};

const netBits: Chart = {
  id: 'net-bits',
  title: 'Network traffic',
  unit: 'bitsPerSecond',
  form: 'area',
  needs: ['node_network_receive_bytes_total'],
  queries: [
    { expr: `8 * rate(node_network_receive_bytes_total{$host,${NIC}}[$rate])`, legend: '{{device}} in' },
    { expr: `8 * rate(node_network_transmit_bytes_total{$host,${NIC}}[$rate])`, legend: '{{device}} out', down: true },
  ],
};

const pressure: Chart = {
  id: 'pressure',
  title: 'Pressure (some waiting)',
  unit: 'percent',
  top: 1,
  needs: ['node_pressure_cpu_waiting_seconds_total'],
  colours: { cpu: 0, memory: 3, 'disk I/O': 1 },
  queries: [
    { expr: '100 * rate(node_pressure_cpu_waiting_seconds_total{$host}[$rate])', legend: 'cpu' },
    { expr: '100 * rate(node_pressure_memory_waiting_seconds_total{$host}[$rate])', legend: 'memory' },
    { expr: '100 * rate(node_pressure_io_waiting_seconds_total{$host}[$rate])', legend: 'disk I/O' },
  ],
};

/** The charts of the overview. */
export const KEY_CHARTS: readonly Chart[] = [cpuModes, memory, load, netBits, diskBytes, pressure];

export const SECTIONS: readonly Section[] = [
  {
    id: 'cpu',
    title: 'CPU',
    charts: [
      cpuModes,
      load,
      {
        id: 'cpu-cores',
        title: 'Usage per core',
        unit: 'percent',
        top: 10,
        needs: ['node_cpu_seconds_total'],
        queries: [
          {
            expr: '100 * (1 - avg by (cpu) (rate(node_cpu_seconds_total{$host,mode="idle"}[$rate])))',
            legend: 'cpu {{cpu}}',
          },
        ],
      },
      {
        id: 'cpu-pressure',
        title: 'CPU pressure',
        unit: 'percent',
        form: 'area',
        top: 1,
        needs: ['node_pressure_cpu_waiting_seconds_total'],
        colours: { waiting: 0 },
        queries: [{ expr: '100 * rate(node_pressure_cpu_waiting_seconds_total{$host}[$rate])', legend: 'waiting' }],
      },
      {
        id: 'cpu-frequency',
        title: 'Frequency',
        unit: 'hertz',
        floating: true,
        needs: ['node_cpu_scaling_frequency_hertz'],
        queries: [{ expr: 'node_cpu_scaling_frequency_hertz{$host}', legend: 'cpu {{cpu}}' }],
      },
    ],
  },
  {
    id: 'memory',
    title: 'Memory',
    charts: [
      memory,
      {
        id: 'memory-swap',
        title: 'Swap',
        unit: 'bytes',
        form: 'area',
        needs: ['node_memory_SwapTotal_bytes'],
        colours: { used: 3, total: 8 },
        limits: ['total'],
        queries: [
          { expr: 'node_memory_SwapTotal_bytes{$host} - node_memory_SwapFree_bytes{$host}', legend: 'used' },
          { expr: 'node_memory_SwapTotal_bytes{$host}', legend: 'total' },
        ],
      },
      {
        id: 'memory-pressure',
        title: 'Memory pressure',
        unit: 'percent',
        form: 'area',
        top: 1,
        needs: ['node_pressure_memory_waiting_seconds_total'],
        colours: { 'some waiting': 0, 'all stalled': 6 },
        queries: [
          { expr: '100 * rate(node_pressure_memory_waiting_seconds_total{$host}[$rate])', legend: 'some waiting' },
          { expr: '100 * rate(node_pressure_memory_stalled_seconds_total{$host}[$rate])', legend: 'all stalled' },
        ],
      },
      {
        id: 'memory-faults',
        title: 'Page faults',
        unit: 'perSecond',
        needs: ['node_vmstat_pgfault'],
        colours: { minor: 0, major: 6 },
        queries: [
          { expr: 'rate(node_vmstat_pgfault{$host}[$rate]) - rate(node_vmstat_pgmajfault{$host}[$rate])', legend: 'minor' },
          { expr: 'rate(node_vmstat_pgmajfault{$host}[$rate])', legend: 'major' },
        ],
      },
      {
        id: 'memory-swapping',
        title: 'Swapping',
        unit: 'perSecond',
        form: 'area',
        needs: ['node_vmstat_pswpin'],
        colours: { 'pages in': 0, 'pages out': 1 },
        queries: [
          { expr: 'rate(node_vmstat_pswpin{$host}[$rate])', legend: 'pages in' },
          { expr: 'rate(node_vmstat_pswpout{$host}[$rate])', legend: 'pages out', down: true },
        ],
      },
      {
        id: 'memory-dirty',
        title: 'Waiting to be written',
        unit: 'bytes',
        form: 'area',
        needs: ['node_memory_Dirty_bytes'],
        colours: { dirty: 1, 'being written': 0 },
        queries: [
          { expr: 'node_memory_Dirty_bytes{$host}', legend: 'dirty' },
          { expr: 'node_memory_Writeback_bytes{$host}', legend: 'being written' },
        ],
      },
    ],
  },
  {
    id: 'disk',
    title: 'Disk',
    charts: [
      diskBytes,
      {
        id: 'disk-operations',
        title: 'Disk operations',
        unit: 'operations',
        form: 'area',
        needs: ['node_disk_reads_completed_total'],
        queries: [
          { expr: `rate(node_disk_reads_completed_total{$host,${DISK}}[$rate])`, legend: '{{device}} read' },
          { expr: `rate(node_disk_writes_completed_total{$host,${DISK}}[$rate])`, legend: '{{device}} write', down: true },
        ],
      },
      {
        id: 'disk-busy',
        title: 'Disk busy',
        unit: 'percent',
        top: 10,
        needs: ['node_disk_io_time_seconds_total'],
        queries: [{ expr: `100 * rate(node_disk_io_time_seconds_total{$host,${DISK}}[$rate])`, legend: '{{device}}' }],
      },
      {
        id: 'disk-latency',
        title: 'Disk latency',
        unit: 'seconds',
        needs: ['node_disk_read_time_seconds_total'],
        queries: [
          {
            expr: `rate(node_disk_read_time_seconds_total{$host,${DISK}}[$rate]) / (rate(node_disk_reads_completed_total{$host,${DISK}}[$rate]) > 0)`,
            legend: '{{device}} read',
          },
          {
            expr: `rate(node_disk_write_time_seconds_total{$host,${DISK}}[$rate]) / (rate(node_disk_writes_completed_total{$host,${DISK}}[$rate]) > 0)`,
            legend: '{{device}} write',
          },
        ],
      },
      {
        id: 'disk-queue',
        title: 'Disk queue',
        unit: 'number',
        needs: ['node_disk_io_time_weighted_seconds_total'],
        queries: [{ expr: `rate(node_disk_io_time_weighted_seconds_total{$host,${DISK}}[$rate])`, legend: '{{device}}' }],
      },
      {
        id: 'disk-pressure',
        title: 'Disk pressure',
        unit: 'percent',
        form: 'area',
        top: 1,
        needs: ['node_pressure_io_waiting_seconds_total'],
        colours: { 'some waiting': 0, 'all stalled': 6 },
        queries: [
          { expr: '100 * rate(node_pressure_io_waiting_seconds_total{$host}[$rate])', legend: 'some waiting' },
          { expr: '100 * rate(node_pressure_io_stalled_seconds_total{$host}[$rate])', legend: 'all stalled' },
        ],
      },
    ],
  },
  {
    id: 'filesystems',
    title: 'Filesystems',
    charts: [
      {
        id: 'filesystem-used',
        title: 'Space used',
        unit: 'percent',
        top: 100,
        needs: ['node_filesystem_size_bytes'],
        queries: [
          {
            expr: `100 * (1 - node_filesystem_avail_bytes{$host,${FILESYSTEM}} / node_filesystem_size_bytes{$host,${FILESYSTEM}})`,
            legend: '{{mountpoint}}',
          },
        ],
      },
      {
        id: 'filesystem-inodes',
        title: 'Inodes used',
        unit: 'percent',
        top: 100,
        needs: ['node_filesystem_files'],
        queries: [
          {
            expr: `100 * (1 - node_filesystem_files_free{$host,${FILESYSTEM}} / (node_filesystem_files{$host,${FILESYSTEM}} > 0))`,
            legend: '{{mountpoint}}',
          },
        ],
      },
    ],
  },
  {
    id: 'network',
    title: 'Network',
    charts: [
      netBits,
      {
        id: 'net-packets',
        title: 'Packets',
        unit: 'packets',
        form: 'area',
        needs: ['node_network_receive_packets_total'],
        queries: [
          { expr: `rate(node_network_receive_packets_total{$host,${NIC}}[$rate])`, legend: '{{device}} in' },
          { expr: `rate(node_network_transmit_packets_total{$host,${NIC}}[$rate])`, legend: '{{device}} out', down: true },
        ],
      },
      {
        id: 'net-errors',
        title: 'Errors and drops',
        unit: 'packets',
        needs: ['node_network_receive_errs_total'],
        queries: [
          {
            expr: `rate(node_network_receive_errs_total{$host,${NIC}}[$rate]) + rate(node_network_receive_drop_total{$host,${NIC}}[$rate])`,
            legend: '{{device}} in',
          },
          {
            expr: `rate(node_network_transmit_errs_total{$host,${NIC}}[$rate]) + rate(node_network_transmit_drop_total{$host,${NIC}}[$rate])`,
            legend: '{{device}} out',
            down: true,
          },
        ],
      },
      {
        id: 'net-tcp',
        title: 'TCP connections',
        unit: 'number',
        needs: ['node_netstat_Tcp_CurrEstab'],
        colours: { established: 0, 'in use': 2, 'time-wait': 8 },
        queries: [
          { expr: 'node_netstat_Tcp_CurrEstab{$host}', legend: 'established' },
          { expr: 'node_sockstat_TCP_inuse{$host}', legend: 'in use' },
          { expr: 'node_sockstat_TCP_tw{$host}', legend: 'time-wait' },
        ],
      },
      {
        id: 'net-retransmits',
        title: 'TCP segments sent again',
        unit: 'perSecond',
        form: 'area',
        needs: ['node_netstat_Tcp_RetransSegs'],
        colours: { retransmitted: 6 },
        queries: [{ expr: 'rate(node_netstat_Tcp_RetransSegs{$host}[$rate])', legend: 'retransmitted' }],
      },
      {
        id: 'net-conntrack',
        title: 'Tracked connections',
        unit: 'number',
        form: 'area',
        needs: ['node_nf_conntrack_entries'],
        colours: { entries: 0, limit: 8 },
        limits: ['limit'],
        queries: [
          { expr: 'node_nf_conntrack_entries{$host}', legend: 'entries' },
          { expr: 'node_nf_conntrack_entries_limit{$host}', legend: 'limit' },
        ],
      },
    ],
  },
  {
    id: 'sensors',
    title: 'Sensors',
    charts: [
      {
        id: 'sensor-temperature',
        title: 'Temperature',
        unit: 'celsius',
        floating: true,
        needs: ['node_hwmon_temp_celsius'],
        queries: [
          {
            expr: 'node_hwmon_temp_celsius{$host} * on (instance, chip) group_left (chip_name) node_hwmon_chip_names{$host} or on (instance, chip, sensor) node_hwmon_temp_celsius{$host}',
            legend: '{{chip_name|chip}} {{sensor}}',
          },
        ],
      },
      {
        id: 'sensor-zone',
        title: 'Thermal zones',
        unit: 'celsius',
        floating: true,
        needs: ['node_thermal_zone_temp'],
        queries: [{ expr: 'node_thermal_zone_temp{$host}', legend: '{{type}} {{zone}}' }],
      },
      {
        id: 'sensor-fan',
        title: 'Fans',
        unit: 'rpm',
        needs: ['node_hwmon_fan_rpm'],
        queries: [{ expr: 'node_hwmon_fan_rpm{$host}', legend: '{{chip}} {{sensor}}' }],
      },
      {
        id: 'sensor-power',
        title: 'Power',
        unit: 'watts',
        needs: ['node_hwmon_power_average_watt'],
        queries: [{ expr: 'node_hwmon_power_average_watt{$host}', legend: '{{chip}} {{sensor}}' }],
      },
    ],
  },
  {
    id: 'system',
    title: 'System',
    charts: [
      {
        id: 'system-switches',
        title: 'Context switches and interrupts',
        unit: 'perSecond',
        needs: ['node_context_switches_total'],
        colours: { 'context switches': 0, interrupts: 1 },
        queries: [
          { expr: 'rate(node_context_switches_total{$host}[$rate])', legend: 'context switches' },
          { expr: 'rate(node_intr_total{$host}[$rate])', legend: 'interrupts' },
        ],
      },
      {
        id: 'system-forks',
        title: 'Processes started',
        unit: 'perSecond',
        form: 'area',
        needs: ['node_forks_total'],
        colours: { forks: 2 },
        queries: [{ expr: 'rate(node_forks_total{$host}[$rate])', legend: 'forks' }],
      },
      {
        id: 'system-processes',
        title: 'Processes at work',
        unit: 'number',
        needs: ['node_procs_running'],
        colours: { running: 0, blocked: 6 },
        queries: [
          { expr: 'node_procs_running{$host}', legend: 'running' },
          { expr: 'node_procs_blocked{$host}', legend: 'blocked' },
        ],
      },
      {
        id: 'system-process-count',
        title: 'Processes and threads',
        unit: 'number',
        needs: ['node_processes_pids'],
        colours: { processes: 0, threads: 3 },
        queries: [
          { expr: 'node_processes_pids{$host}', legend: 'processes' },
          { expr: 'node_processes_threads{$host}', legend: 'threads' },
        ],
      },
      {
        id: 'system-files',
        title: 'Open files',
        unit: 'number',
        form: 'area',
        needs: ['node_filefd_allocated'],
        colours: { open: 5 },
        queries: [{ expr: 'node_filefd_allocated{$host}', legend: 'open' }],
      },
      {
        id: 'system-units',
        title: 'Failed systemd units',
        unit: 'number',
        form: 'area',
        needs: ['node_systemd_units'],
        colours: { failed: 6 },
        queries: [{ expr: 'node_systemd_units{$host,state="failed"}', legend: 'failed' }],
      },
      {
        id: 'system-clock',
        title: 'Clock offset',
        unit: 'seconds',
        floating: true,
        needs: ['node_timex_offset_seconds'],
        colours: { offset: 7 },
        queries: [{ expr: 'node_timex_offset_seconds{$host}', legend: 'offset' }],
      },
      {
        id: 'system-entropy',
        title: 'Entropy',
        unit: 'bits',
        form: 'area',
        needs: ['node_entropy_available_bits'],
        colours: { available: 4 },
        queries: [{ expr: 'node_entropy_available_bits{$host}', legend: 'available' }],
      },
    ],
  },
];

/** A label's value inside a PromQL string. */
export function quote(value: string): string {
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}

/** The expression as it is asked. */
export function fill(expr: string, instance: string, step: number): string {
  return expr.replaceAll('$rate', () => rateWindow(step)).replaceAll('$host', () => `instance=${quote(instance)}`);
}

/** Names the metrics that decide which charts a host has. */
export function neededMetrics(): string[] {
  return [...new Set(SECTIONS.flatMap((section) => section.charts.flatMap((chart) => chart.needs)))].sort();
}

/** The sections and charts of a host that has these metrics. */
export function chartsFor(metrics: ReadonlySet<string>): Section[] {
  return SECTIONS.map((section) => ({
    ...section,
    charts: section.charts.filter((chart) => chart.needs.some((name) => metrics.has(name))),
  })).filter((section) => section.charts.length > 0);
}

/** Whether a filter's words are all found in what the chart is about. */
export function matches(chart: Chart, section: Section, words: string): boolean {
  const about = [section.title, chart.title, ...chart.queries.map((query) => `${query.expr} ${query.legend}`)]
    .join(' ')
    .toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
    .every((word) => about.includes(word));
}

export function stepText(step: number): string {
  return spanText(step);
}
