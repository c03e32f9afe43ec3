/** Numbers as people read them. Pure; every figure on a page goes through here. */

export type Unit =
  | 'percent' // 0..100
  | 'ratio' // 0..1, shown as percent
  | 'bytes'
  | 'bytesPerSecond'
  | 'bitsPerSecond'
  | 'perSecond'
  | 'operations' // per second
  | 'packets' // per second
  | 'seconds'
  | 'hertz'
  | 'celsius'
  | 'rpm'
  | 'watts'
  | 'volts'
  | 'bits'
  | 'number';

const IEC = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
const SI = ['', 'k', 'M', 'G', 'T', 'P'];

/** Three significant digits, without a trailing ".00". */
function digits(value: number): string {
  const size = Math.abs(value);
  if (size >= 100 || Number.isInteger(value)) return value.toFixed(0);
  if (size >= 10) return value.toFixed(1);
  return value.toFixed(2);
}

function scaled(value: number, base: number, names: readonly string[]): [string, string] {
  let rest = value;
  let at = 0;
  while (Math.abs(rest) >= base * 0.9995 && at < names.length - 1) {
    rest /= base;
    at++;
  }
  return [digits(rest), names[at] ?? ''];
}

function si(value: number, unit: string): string {
  if (value !== 0 && Math.abs(value) < 0.001) return unit === '' ? '0' : `0 ${unit}`;
  const [number, prefix] = scaled(value, 1000, SI);
  return unit === '' ? `${number}${prefix === '' ? '' : ` ${prefix}`}` : `${number} ${prefix}${unit}`;
}

function secondsText(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return '0 s';
  if (size < 1e-6) return `${digits(value * 1e9)} ns`;
  if (size < 1e-3) return `${digits(value * 1e6)} µs`;
  if (size < 1) return `${digits(value * 1e3)} ms`;
  if (size < 120) return `${digits(value)} s`;
  return duration(value);
}

/** A value with its unit, such as `1.5 GiB` or `42 %`; an en dash where there is none. */
export function format(value: number | null | undefined, unit: Unit): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  return text(value, unit).replace(/^-/, '−');
}

function text(value: number, unit: Unit): string {
  switch (unit) {
    case 'percent':
      return `${percentDigits(value)} %`;
    case 'ratio':
      return `${percentDigits(value * 100)} %`;
    case 'bytes':
      return scaled(value, 1024, IEC).join(' ');
    case 'bytesPerSecond':
      return Math.abs(value) < 1 ? '0 B/s' : `${scaled(value, 1024, IEC).join(' ')}/s`;
    case 'bitsPerSecond':
      return Math.abs(value) < 1 ? '0 bit/s' : si(value, 'bit/s');
    case 'perSecond':
      return si(value, '/s');
    case 'operations':
      return si(value, 'op/s');
    case 'packets':
      return si(value, 'p/s');
    case 'seconds':
      return secondsText(value);
    case 'hertz':
      return si(value, 'Hz');
    case 'celsius':
      return `${value.toFixed(1)} °C`;
    case 'rpm':
      return `${value.toFixed(0)} rpm`;
    case 'watts':
      return si(value, 'W');
    case 'volts':
      return `${digits(value)} V`;
    case 'bits':
      return `${value.toFixed(0)} bit`;
    case 'number':
      return si(value, '');
  }
}

function percentDigits(value: number): string {
  const size = Math.abs(value);
  if (size >= 99.95 || size === 0) return value.toFixed(0);
  return size >= 10 ? value.toFixed(1) : value.toFixed(size >= 0.1 ? 1 : 2);
}

/** A span of seconds in its two largest units, such as `3 d 4 h`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const parts: [number, string][] = [
    [Math.floor(whole / 86400), 'd'],
    [Math.floor((whole % 86400) / 3600), 'h'],
    [Math.floor((whole % 3600) / 60), 'min'],
    [whole % 60, 's'],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  if (first < 0) return '0 s';
  return parts
    .slice(first, first + 2)
    .filter(([count], at) => at === 0 || count > 0)
    .map(([count, name]) => `${count} ${name}`)
    .join(' ');
}

/** How long ago in the largest unit, such as `12 s ago`. */
export function ago(then: number, now: number): string {
  const age = now - then;
  return age < 1 ? 'now' : `${duration(age).split(' ').slice(0, 2).join(' ')} ago`;
}

export function count(value: number): string {
  return Math.round(value).toLocaleString('en').replaceAll(',', '\u202f');
}

export function dateTime(seconds: number): string {
  return new Date(seconds * 1000).toLocaleString(undefined, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
}

export function clock(seconds: number, withSeconds = true): string {
  const options: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
  if (withSeconds) options.second = '2-digit';
  return new Date(seconds * 1000).toLocaleTimeString(undefined, options);
}

/** Tick distances that look round in the unit; powers of 1024 for bytes. */
export function tickIncrements(unit: Unit): number[] {
  const increments: number[] = [];
  if (unit === 'bytes' || unit === 'bytesPerSecond') {
    for (let power = 0; power <= 60; power += 1) increments.push(2 ** power);
    return increments;
  }
  for (let power = -9; power <= 15; power++) {
    for (const step of [1, 2, 5]) increments.push(step * 10 ** power);
  }
  return increments;
}
