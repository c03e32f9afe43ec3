/** From Prometheus answers to the aligned columns a chart draws. Pure. */

export type LabelSet = Readonly<Record<string, string>>;

export interface RangeSeries {
  readonly metric: LabelSet;
  readonly values: readonly (readonly [number, string])[];
}

export interface VectorSample {
  readonly labels: LabelSet;
  readonly value: string;
}

/** One line of a chart: its name for people and its colour key, and one value per time or null for a gap. */
export interface Line {
  readonly key: string;
  readonly name: string;
  readonly values: (number | null)[];
}

export interface Frame {
  readonly times: number[];
  readonly lines: Line[];
}

export function number(text: string): number | null {
  const value = text === '+Inf' || text === 'Inf' ? Infinity : text === '-Inf' ? -Infinity : Number(text);
  return Number.isFinite(value) ? value : null;
}

/** Fills `{{label}}` in a legend, `{{a|b}}` with the first that is there; the label set itself where the legend is empty. */
export function legendText(legend: string, labels: LabelSet): string {
  if (legend === '') {
    return Object.entries(labels)
      .filter(([name]) => name !== '__name__' && name !== 'job' && name !== 'instance')
      .map(([, value]) => value)
      .join(' ');
  }
  return legend.replaceAll(/\{\{\s*([A-Za-z0-9_|]+)\s*\}\}/g, (_, names: string) => {
    for (const name of names.split('|')) {
      const value = labels[name];
      if (value !== undefined && value !== '') return value;
    }
    return '';
  });
}

/** The grid of a range query: every step from the first to the last, both included. */
export function grid(from: number, to: number, step: number): number[] {
  const times: number[] = [];
  for (let at = 0; from + at * step <= to + 1e-6; at++) times.push(from + at * step);
  return times;
}

/** Puts each series on the grid; what the answer does not hold is a gap. */
export function align(
  answers: readonly { readonly legend: string; readonly series: readonly RangeSeries[]; readonly sign?: 1 | -1 }[],
  times: number[],
  step: number,
): Frame {
  const start = times[0] ?? 0;
  const lines = new Map<string, Line>();
  for (const { legend, series, sign = 1 } of answers) {
    for (const { metric, values } of series) {
      const name = legendText(legend, metric);
      let line = lines.get(name);
      if (!line) {
        line = { key: name, name, values: new Array<number | null>(times.length).fill(null) };
        lines.set(name, line);
      }
      for (const [time, text] of values) {
        const at = Math.round((time - start) / step);
        if (at >= 0 && at < times.length) {
          const value = number(text);
          line.values[at] = value === null ? null : value * sign;
        }
      }
    }
  }
  return { times, lines: [...lines.values()] };
}

/**
 * The frame with one more moment from the live stream. A moment less than a step after the newest grid point replaces
 * the former provisional tip; a later one becomes a grid point itself. What left the window falls off.
 */
export function advance(
  frame: Frame,
  time: number,
  answers: readonly { readonly legend: string; readonly vector: readonly VectorSample[]; readonly sign?: 1 | -1 }[],
  step: number,
  oldest: number,
): Frame {
  const tip = frame.times.length - 1;
  const newest = frame.times[tip];
  if (newest !== undefined && time <= newest) return frame;
  const before = frame.times[tip - 1];
  const provisional = newest !== undefined && before !== undefined && newest - before < step * 0.999;
  const keep = provisional ? tip : tip + 1;
  let drop = 0;
  // One point stays beyond the left edge, so that the line enters the window rather than beginning inside it.
  while (drop + 1 < keep && (frame.times[drop + 1] ?? Infinity) < oldest) drop++;

  const times = frame.times.slice(drop, keep);
  times.push(provisional && before !== undefined && time - before >= step ? before + step : time);
  const lines = new Map<string, Line>();
  for (const line of frame.lines) {
    const values = line.values.slice(drop, keep);
    values.push(null);
    lines.set(line.key, { ...line, values });
  }
  for (const { legend, vector, sign = 1 } of answers) {
    for (const sample of vector) {
      const name = legendText(legend, sample.labels);
      let line = lines.get(name);
      if (!line) {
        line = { key: name, name, values: new Array<number | null>(times.length).fill(null) };
        lines.set(name, line);
      }
      const value = number(sample.value);
      line.values[times.length - 1] = value === null ? null : value * sign;
    }
  }
  const alive = [...lines.values()].filter((line) => line.values.some((value) => value !== null));
  return { times, lines: alive };
}

/** Running sums for a stacked chart; a gap counts as nothing unless every line has it. */
export function stack(lines: readonly Line[]): (number | null)[][] {
  const length = lines[0]?.values.length ?? 0;
  const sums = new Array<number>(length).fill(0);
  const present = new Array<boolean>(length).fill(false);
  for (const line of lines) {
    for (let at = 0; at < length; at++) if (line.values[at] !== null && line.values[at] !== undefined) present[at] = true;
  }
  return lines.map((line) =>
    line.values.map((value, at) => {
      if (!present[at]) return null;
      sums[at] = (sums[at] ?? 0) + (value ?? 0);
      return sums[at] ?? null;
    }),
  );
}

/** The newest value that is no gap, looking back at most `reach` points. */
export function newest(line: Line, reach = 3): number | null {
  for (let at = line.values.length - 1; at >= Math.max(0, line.values.length - reach); at--) {
    const value = line.values[at];
    if (value !== null && value !== undefined) return value;
  }
  return null;
}
