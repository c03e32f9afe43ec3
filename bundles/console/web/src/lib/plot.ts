/** Options of uPlot for our charts: axes, scales, colours, the crosshair all charts of a page share. */

import uPlot from 'uplot';
import type { Chart } from './charts';
import { clock, format, tickIncrements, type Unit } from './format';
import { stack, type Frame, type Line } from './series';
import { colour } from './theme.svelte';

export interface Drawn extends Line {
  /** Index in the theme's palette. */
  readonly colour: number;
}

export interface Callbacks {
  zoom(from: number, to: number): void;
  cursor(index: number | null): void;
}

const SYNC = 'hearthwatch';
const FONT =
  '11px -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, Inter, "Noto Sans", Ubuntu, Cantarell, "Liberation Sans", "Helvetica Neue", Arial, sans-serif';
const DAY = 86400;

function timeLabels(splits: number[], increment: number): string[] {
  return splits.map((time, at) => {
    const date = new Date(time * 1000);
    const before = new Date((splits[at - 1] ?? time) * 1000);
    const newDay = at > 0 && date.getDate() !== before.getDate();
    if (increment >= DAY || newDay) return date.toLocaleDateString(undefined, { day: 'numeric', month: 'short' });
    return clock(time, increment < 60);
  });
}

function valueRange(chart: Chart, min: number | null, max: number | null): [number, number] {
  const low = min ?? 0;
  const high = max ?? 0;
  if (chart.floating) {
    const room = (high - low) * 0.12 || Math.abs(high) * 0.05 || 1;
    return [low - room, high + room];
  }
  let top = Math.max(chart.top ?? 0, high * 1.08);
  if (chart.unit === 'percent' && high <= 100 && top > 100) top = 100;
  const bottom = low < 0 ? low * 1.08 : 0;
  if (top === 0 && bottom === 0) top = 1;
  return [bottom, top];
}

/** A round number says no more digits than it has. */
function tick(value: number, unit: Unit): string {
  return format(value, unit).replace(/(\.\d*?)0+(?=\D)/, '$1').replace(/\.(?=\D)/, '');
}

function transparent(value: string, share: number): string {
  return `color-mix(in srgb, ${value} ${share}%, transparent)`;
}

/** The columns uPlot draws. Stacked lines go in top first, so that each paints over the one above it. */
export function columns(chart: Chart, frame: Frame, lines: readonly Drawn[]): uPlot.AlignedData {
  const values = chart.form === 'stack' ? stack(lines).reverse() : lines.map((line) => line.values);
  return [frame.times, ...values] as uPlot.AlignedData;
}

export function options(
  chart: Chart,
  lines: readonly Drawn[],
  size: { width: number; height: number },
  callbacks: Callbacks,
): uPlot.Options {
  const unit: Unit = chart.unit;
  const palette = lines.map((line) => colour(`--series-${line.colour}`));
  const faint = colour('--faint');
  const gridLine: uPlot.Axis.Grid = { stroke: colour('--grid'), width: 1 };
  const surface = colour('--surface');
  const stacked = chart.form === 'stack';
  const order = lines.map((_, at) => (stacked ? lines.length - 1 - at : at));
  const series = order.map((at): uPlot.Series => {
    const stroke = palette[at] ?? faint;
    const limit = chart.limits?.includes(lines[at]?.key ?? '') ?? false;
    const result: uPlot.Series = { stroke, width: stacked ? 1 : 1.5, spanGaps: false, points: { show: false } };
    if (limit) result.dash = [5, 4];
    else if (stacked) result.fill = blend(stroke, surface, 0.42);
    else if (chart.form === 'area') result.fill = transparent(stroke, 14);
    return result;
  });

  return {
    ...size,
    padding: [10, 8, 0, 0],
    legend: { show: false },
    focus: { alpha: 1 },
    scales: {
      x: { time: true },
      y: { range: (_, min, max) => valueRange(chart, min, max) },
    },
    axes: [
      {
        stroke: faint,
        font: FONT,
        grid: { show: false },
        ticks: { stroke: colour('--grid'), size: 4 },
        size: 28,
        gap: 4,
        space: 64,
        values: (_, splits, __, ___, increment) => timeLabels(splits, increment),
      },
      {
        stroke: faint,
        font: FONT,
        grid: gridLine,
        ticks: { show: false },
        size: 64,
        gap: 8,
        space: 26,
        incrs: tickIncrements(unit),
        values: (_, splits) => splits.map((value) => tick(chart.floating ? value : Math.abs(value), unit)),
      },
    ],
    series: [{}, ...series],
    cursor: {
      y: false,
      points: { size: 6, width: 1.5, fill: surface },
      drag: { x: true, y: false, setScale: false, dist: 5 },
      sync: {
        key: SYNC,
        scales: ['x', null],
        setSeries: false,
        filters: {
          pub: (type) => type === 'mousemove' || type === 'mouseleave',
          sub: (type) => type === 'mousemove' || type === 'mouseleave',
        },
      } as uPlot.Cursor.Sync,
      bind: {
        // The card answers a double click, also where there is nothing to draw.
        dblclick: () => null,
      },
    },
    hooks: {
      setCursor: [(plot) => callbacks.cursor(plot.cursor.idx ?? null)],
      setSelect: [
        (plot) => {
          const { left, width } = plot.select;
          if (width < 5) return;
          const from = plot.posToVal(left, 'x');
          const to = plot.posToVal(left + width, 'x');
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          callbacks.zoom(from, to);
        },
      ],
    },
  };
}

/** An opaque mixture: stacked areas overlap, and transparent ones would add up. */
function blend(front: string, back: string, share: number): string {
  const parse = (text: string): number[] =>
    [1, 3, 5].map((at) => parseInt(text.slice(at, at + 2), 16)).map((part) => (Number.isNaN(part) ? 128 : part));
  const a = parse(front);
  const b = parse(back);
  return `rgb(${a.map((part, at) => Math.round(part * share + (b[at] ?? 0) * (1 - share))).join(' ')})`;
}
